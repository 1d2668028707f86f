using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.Tool.Inputs;

/// <summary>Some whole lines of an input, and the events that they become.</summary>
/// <remarks>One thread at a time: it is filled, decoded on another thread, and written.</remarks>
internal sealed class LineBlock : IEventReceiver
{
    private readonly IEventIngest _ingest;
    private readonly List<StreamEvent> _events = [];
    private readonly List<(int Start, int Length)> _annexes = [];
    private byte[] _annexBytes = [];
    private int _annexLength;
    private byte[] _text = new byte[1 << 16];
    private string _name = "";
    private long _linesBefore;

    public LineBlock(Func<IEventReceiver, IEventIngest> open) => _ingest = open(this);

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; private set; }

    /// <summary>What there is to say of its lines.</summary>
    public IReadOnlyList<string> Complaints { get; private set; } = [];

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Grow(ref _text, Length + bytes.Length);
        bytes.CopyTo(_text.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Notes where its lines stand.</summary>
    /// <returns>How many they are.</returns>
    public long Begin(string name, long linesBefore)
    {
        _name = name;
        _linesBefore = linesBefore;
        return _text.AsSpan(0, Length).Count((byte)'\n');
    }

    /// <summary>Decodes its lines.</summary>
    public LineBlock Decode()
    {
        _ingest.Begin(new IngestOrigin());
        _ingest.Feed(_text.AsSpan(0, Length));
        IngestResult result = _ingest.Complete();
        Complaints = [.. result.Errors.Select(error => $"{_name}: {error with { Line = error.Line + _linesBefore }}")];
        return this;
    }

    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        Grow(ref _annexBytes, _annexLength + annex.Length);
        annex.CopyTo(_annexBytes.AsSpan(_annexLength));
        _annexes.Add((_annexLength, annex.Length));
        _annexLength += annex.Length;
        _events.Add(streamEvent);
        return WriteOutcome.Written;
    }

    /// <summary>Hands on its events and empties it.</summary>
    /// <exception cref="InputException">The receiver takes no more.</exception>
    public void WriteTo(IEventReceiver receiver)
    {
        for (int i = 0; i < _events.Count; i++)
        {
            (int start, int length) = _annexes[i];
            if (receiver.Write(_events[i], _annexBytes.AsSpan(start, length)) != WriteOutcome.Written)
            {
                throw new InputException($"{_name}: the set is full; measure the input in parts");
            }
        }

        _events.Clear();
        _annexes.Clear();
        _annexLength = 0;
        Length = 0;
    }

    private static void Grow(ref byte[] array, int length)
    {
        if (length > array.Length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
        }
    }
}
