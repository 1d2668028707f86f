namespace StreamSense.Core.Sessions;

/// <summary>Room for the undecided time of the views that have some; few have at any time, so it is not in every row.</summary>
/// <remarks>Bounded by the number of views. A reference into it is valid until the next <see cref="Rent"/>.</remarks>
internal sealed class PendingPool
{
    private PendingTime[] _items = new PendingTime[64];
    private int[] _free = new int[64];
    private int _freeCount;
    private int _used = 1;

    public ref PendingTime this[int handle] => ref _items[handle];

    /// <summary>An empty place; its handle is never 0.</summary>
    public int Rent()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        if (_used == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
            Array.Resize(ref _free, _items.Length);
        }

        return _used++;
    }

    public void Return(int handle)
    {
        _items[handle].Count = 0;
        _free[_freeCount++] = handle;
    }
}
