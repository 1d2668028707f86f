namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Where the rows of the batch that is being read lie: the members that several events share.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class BatchRows
{
    private (int Start, int End)[] _places = new (int, int)[16];

    public int Count { get; private set; }

    /// <summary>Finds the rows.</summary>
    /// <param name="reader">Stands before them; reads from the beginning of the body.</param>
    /// <returns>Whether they are there, each a map.</returns>
    public bool TryLoad(ref MessagePackReader reader)
    {
        Count = 0;
        if (!reader.TryReadArrayHeader(out int count) || count > BatchFormat.MaxRows)
        {
            return false;
        }

        if (_places.Length < count)
        {
            _places = new (int, int)[Math.Min(BatchFormat.MaxRows, Math.Max(count, _places.Length * 2))];
        }

        for (int i = 0; i < count; i++)
        {
            int start = (int)reader.Consumed;
            if (reader.NextType != MessagePackType.Map || !reader.TrySkip())
            {
                return false;
            }

            _places[i] = (start, (int)reader.Consumed);
        }

        Count = count;
        return true;
    }

    public int StartOf(int row) => _places[row].Start;

    public ReadOnlySpan<byte> BytesOf(ReadOnlySpan<byte> body, int row) => body[_places[row].Start.._places[row].End];
}
