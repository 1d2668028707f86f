using System.Buffers.Binary;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Writes one file of a decision log: layouts, models and names once, then rankings that refer to them.</summary>
/// <remarks>The writing thread's. What is written gathers in a buffer; an exception of <see cref="Flush"/> means that it is lost.</remarks>
internal sealed class DecisionFileWriter : IDisposable
{
    // A file that has seen so many models is ended: finding one among them stays cheap.
    private const int MaxModels = 64;

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;
    private readonly string _path;
    private readonly Vocabulary? _vocabulary;
    private readonly List<byte[]> _models = [];
    private readonly HashSet<ulong> _layouts = [];
    private readonly HashSet<int> _names = [];
    private byte[] _buffer;
    private int _buffered;
    private long _length;

    private DecisionFileWriter(string path, Vocabulary? vocabulary, byte[] buffer)
    {
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _path = path;
        _vocabulary = vocabulary;
        _buffer = buffer;
    }

    /// <summary>How many bytes the file has, those that wait included.</summary>
    public long Length => _length + _buffered;

    /// <summary>How many bytes wait.</summary>
    public int Buffered => _buffered;

    /// <summary>The buffer, to be used by the next file when this one is closed.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Whether the file refers to as many models as it may.</summary>
    public bool IsCrowded => _models.Count >= MaxModels;

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">It cannot be created, or is there already.</exception>
    public static DecisionFileWriter Create(string path, long number, EventTime now, Vocabulary? vocabulary, byte[] buffer)
    {
        var writer = new DecisionFileWriter(path, vocabulary, buffer);
        Span<byte> content = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, number);
        BinaryPrimitives.WriteInt64LittleEndian(content[sizeof(long)..], now.UnixMicroseconds);
        writer.Append(DecisionFrameKind.File, content, default);
        return writer;
    }

    /// <summary>Adds a ranking, and before it what the file does not know yet.</summary>
    /// <param name="record">The ranking as <see cref="RankingCodec"/> wrote it.</param>
    /// <param name="layouts">Knows layouts by hash.</param>
    public void Add(ReadOnlySpan<byte> record, ReadOnlySpan<FeatureLayout> layouts)
    {
        ReadOnlySpan<byte> model = RankingCodec.ModelOf(record);
        int number = NumberOf(model, layouts);
        Span<byte> prefix = stackalloc byte[sizeof(int) + RankingCodec.HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, number);
        ReadOnlySpan<byte> body = record[model.Length..];
        body[..RankingCodec.HeadBytes].CopyTo(prefix[sizeof(int)..]);
        AddNames(ref RankingCodec.HeadOf(prefix[sizeof(int)..]));
        Append(DecisionFrameKind.Ranking, prefix, body[RankingCodec.HeadBytes..]);
    }

    /// <summary>Hands what waits to the operating system.</summary>
    /// <param name="toDisk">Whether to wait until the disk has it.</param>
    /// <exception cref="IOException">It did not take it.</exception>
    public void Flush(bool toDisk)
    {
        int count = _buffered;
        _buffered = 0;
        if (count == 0)
        {
            return;
        }

        RandomAccess.Write(_file, _buffer.AsSpan(0, count), _length);
        _length += count;
        if (toDisk)
        {
            DeviceFlush.File(_file, _path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private int NumberOf(ReadOnlySpan<byte> model, ReadOnlySpan<FeatureLayout> layouts)
    {
        for (int i = _models.Count - 1; i >= 0; i--)
        {
            if (model.SequenceEqual(_models[i]))
            {
                return i;
            }
        }

        ulong hash = RankingCodec.ReadModel(model)!.LayoutHash;
        foreach (FeatureLayout layout in layouts)
        {
            if (layout.Hash == hash && _layouts.Add(hash))
            {
                Append(DecisionFrameKind.Layout, LayoutCodec.Write(layout), default);
            }
        }

        _models.Add(model.ToArray());
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, _models.Count - 1);
        Append(DecisionFrameKind.Model, prefix, model);
        return _models.Count - 1;
    }

    // A symbol is a number of this process: without its name it says nothing to another one.
    private void AddNames(ref RankingCodec.Head head)
    {
        Span<Symbol> symbols = stackalloc Symbol[DimensionNames.Tables];
        symbols.Clear();
        if (_vocabulary is null)
        {
            DimensionNames.Write(ref head, symbols);
            return;
        }

        DimensionNames.Read(head, symbols);
        for (int table = 0; table < symbols.Length; table++)
        {
            Symbol symbol = symbols[table];
            if (!symbol.IsNone && symbol != Symbol.Other && _names.Add((table << 16) | symbol.Value))
            {
                Span<byte> prefix = [(byte)table, (byte)symbol.Value, (byte)(symbol.Value >> 8)];
                Append(DecisionFrameKind.Name, prefix, DimensionNames.TableOf(_vocabulary, table).Utf8NameOf(symbol));
            }
        }

        head.Dimensions = head.Dimensions with { Source = Symbol.None };
    }

    private void Append(DecisionFrameKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int total = DecisionFrame.HeadBytes + first.Length + second.Length;
        if (_buffer.Length - _buffered < total)
        {
            Array.Resize(ref _buffer, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_buffered + total)));
        }

        Span<byte> to = _buffer.AsSpan(_buffered, total);
        DecisionFrame.WriteHead(kind, first, second, to);
        first.CopyTo(to[DecisionFrame.HeadBytes..]);
        second.CopyTo(to[(DecisionFrame.HeadBytes + first.Length)..]);
        _buffered += total;
    }
}
