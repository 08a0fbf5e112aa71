"""The counter (窗口登记): a matter is registered for a resident (P2)."""
