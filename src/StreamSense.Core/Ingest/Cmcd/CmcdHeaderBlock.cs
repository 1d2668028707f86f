using System.Buffers;
using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Gathers the CMCD headers of one request, from lines of a message or from one object.</summary>
/// <remarks>
/// A block is what stands between two empty lines: perhaps a request line, then fields of any name and case. A line that begins with a
/// brace is a request of its own, JSON or as players' consoles print objects. One thread at a time; reused from block to block.
/// </remarks>
/// <param name="maxBytes">How many bytes of one request are kept.</param>
internal sealed class CmcdHeaderBlock(int maxBytes)
{
    private const int MaxShards = 32;

    private static readonly SearchValues<byte> _noNameLetters = SearchValues.Create(" \t\"(),/;<=>?@[\\]{}"u8);

    private readonly (CmcdHeader Header, int Start, int Length)[] _shards = new (CmcdHeader, int, int)[MaxShards];
    private byte[] _text = new byte[1024];
    private byte[] _target = new byte[1024];
    private int _length;
    private int _targetLength;
    private bool _isShardOpen;

    /// <summary>What stands in the headers, one after the other, each after a comma but the first.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>What was asked for, where a request line says it.</summary>
    public ReadOnlySpan<byte> Target => _target.AsSpan(0, _targetLength);

    /// <summary>How many CMCD headers there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are CMCD headers, be they empty.</summary>
    public bool HasHeaders { get; private set; }

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether a line is neither a field nor a request line.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the request is longer than the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>What is wrong with the block, or null.</summary>
    public string? Complaint { get; private set; }

    public CmcdHeader HeaderAt(int index) => _shards[index].Header;

    public ReadOnlySpan<byte> ShardAt(int index) => _text.AsSpan(_shards[index].Start, _shards[index].Length);

    /// <summary>Where a header's value stands in <see cref="Text"/>.</summary>
    public (int Start, int Length) PlaceAt(int index) => (_shards[index].Start, _shards[index].Length);

    public void Clear()
    {
        _length = 0;
        _targetLength = 0;
        _isShardOpen = false;
        Count = 0;
        HasHeaders = false;
        IsEmpty = true;
        IsBroken = false;
        IsTooLong = false;
        Complaint = null;
    }

    /// <summary>Whether a line ends the block before it, and the block it is in.</summary>
    /// <param name="line">A line that is not empty.</param>
    public (bool EndsBefore, bool EndsAfter) BoundsOf(ReadOnlySpan<byte> line)
    {
        if (line[0] == (byte)'{')
        {
            return (true, true);
        }

        bool isRequestLine = !TargetOf(line).IsEmpty;
        bool isJunk = !isRequestLine && NameOf(line).IsEmpty && (IsEmpty || !IsContinuation(line));
        return (isRequestLine, isJunk && IsEmpty);
    }

    /// <summary>Notes that a line was longer than the limit.</summary>
    public void MarkTooLong() => IsTooLong = true;

    /// <summary>Adds a line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        bool isFirst = IsEmpty;
        IsEmpty = false;
        if (line[0] == (byte)'{')
        {
            AddObject(line);
        }
        else if (!isFirst && IsContinuation(line))
        {
            if (_isShardOpen)
            {
                Append(line);
            }
        }
        else if (TargetOf(line) is { IsEmpty: false } target)
        {
            SetTarget(target);
        }
        else if (NameOf(line) is { IsEmpty: false } name)
        {
            AddField(name, line[(name.Length + 1)..]);
        }
        else
        {
            IsBroken = true;
            Complaint = "the line is neither a header nor a request line";
        }
    }

    /// <summary>Adds a header field of any name.</summary>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _isShardOpen = false;
        if (name.SequenceEqual(":path"u8))
        {
            SetTarget(value.Trim(" \t"u8));
            return;
        }

        if (name.Length <= 5 || !Ascii.EqualsIgnoreCase(name[..5], "CMCD-"u8))
        {
            return;
        }

        HasHeaders = true;
        if (!TryHeader(name[5..], out CmcdHeader header))
        {
            Complaint = "there are four CMCD headers: Object, Request, Session and Status";
        }
        else if (Count == MaxShards)
        {
            IsTooLong = true;
        }
        else
        {
            _shards[Count++] = (header, _length, 0);
            _isShardOpen = true;
            Append(value);
        }
    }

    private static bool TryHeader(ReadOnlySpan<byte> name, out CmcdHeader header)
    {
        header = Ascii.EqualsIgnoreCase(name, "Request"u8) ? CmcdHeader.Request
            : Ascii.EqualsIgnoreCase(name, "Session"u8) ? CmcdHeader.Session
            : Ascii.EqualsIgnoreCase(name, "Status"u8) ? CmcdHeader.Status
            : CmcdHeader.Object;
        return header != CmcdHeader.Object || Ascii.EqualsIgnoreCase(name, "Object"u8);
    }

    private static bool IsContinuation(ReadOnlySpan<byte> line) => line[0] is (byte)' ' or (byte)'\t';

    // A field's name; empty if the line is no field.
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> line)
    {
        int colon = line[1..].IndexOf((byte)':') + 1;
        ReadOnlySpan<byte> name = colon > 0 ? line[..colon] : default;
        return name.ContainsAny(_noNameLetters) ? default : name;
    }

    // What a request line asks for; empty if the line is none.
    private static ReadOnlySpan<byte> TargetOf(ReadOnlySpan<byte> line)
    {
        // What follows the last space is the version; most lines are fields, and their first space stands before that of a version.
        int last = line.LastIndexOf((byte)' ');
        if (last < 0 || !line[(last + 1)..].StartsWith("HTTP/"u8))
        {
            return default;
        }

        int first = line.IndexOf((byte)' ');
        return first > 0 && last > first ? line[(first + 1)..last].Trim((byte)' ') : default;
    }

    private void SetTarget(ReadOnlySpan<byte> target)
    {
        IsTooLong |= target.Length > maxBytes;
        target = target[..Math.Min(target.Length, maxBytes)];
        if (_target.Length < target.Length)
        {
            _target = new byte[target.Length * 2];
        }

        target.CopyTo(_target);
        _targetLength = target.Length;
    }

    private void Append(ReadOnlySpan<byte> value)
    {
        IsTooLong |= _length + value.Length > maxBytes;
        if (IsTooLong)
        {
            return;
        }

        if (_text.Length < _length + value.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + value.Length));
        }

        value.CopyTo(_text.AsSpan(_length));
        _length += value.Length;
        _shards[Count - 1].Length += value.Length;
    }

    private void AddObject(ReadOnlySpan<byte> line)
    {
        if (!CmcdHeaderObject.TryRead(line, this))
        {
            IsBroken = true;
            Complaint = "the line begins like an object of headers and is none";
        }
    }
}
