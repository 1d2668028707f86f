namespace StreamSense.Ml.Training.Joins;

/// <summary>Values in the order in which they came, side by side.</summary>
internal sealed class RecordedItems<T>
    where T : unmanaged
{
    private T[] _items = new T[1024];

    public int Count { get; private set; }

    public void Add(in T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(Array.MaxLength, _items.Length * 2L));
        }

        _items[Count++] = item;
    }

    public ReadOnlySpan<T> Slice(int start, int length) => _items.AsSpan(start, length);
}
