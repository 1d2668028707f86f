using System.Buffers.Binary;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Reads the rankings that a <see cref="FileDecisionLog"/> kept, file after file.</summary>
/// <remarks>
/// A stream: memory holds one file's names and one ranking, at most <see cref="MaxRecordBytes"/>. A record that is damaged is counted and
/// skipped, and reading goes on at the next whole one; a file that ends in the middle of a record is counted, and everything before
/// is given. A file that is still being written may be read. One thread at a time.
/// </remarks>
public sealed class DecisionLogReader : IDecisionReader, IDisposable
{
    /// <summary>The longest record that is believed.</summary>
    public const int MaxRecordBytes = 256 * 1024 * 1024;

    private readonly Queue<string> _files;
    private readonly Vocabulary? _vocabulary;
    private readonly Dictionary<int, ModelInfo> _models = [];
    private readonly Dictionary<ulong, FeatureLayout> _layouts = [];
    private readonly Dictionary<int, Symbol> _symbols = [];
    private FrameStream? _stream;
    private byte[] _body = [];
    private int _bodyLength = -1;
    private ModelInfo? _model;
    private DecisionReadCounts _counts;

    private DecisionLogReader(Queue<string> files, Vocabulary? vocabulary)
    {
        _files = files;
        _vocabulary = vocabulary;
    }

    /// <summary>What was met so far.</summary>
    public DecisionReadCounts Counts => _stream is null ? _counts : Add(_counts, _stream);

    /// <inheritdoc/>
    public RankingRecord Current => _bodyLength >= 0 && RankingCodec.TryRead(
        _body.AsSpan(0, _bodyLength), _model!, _layouts.GetValueOrDefault(_model!.LayoutHash), out RankingRecord record)
        ? record
        : throw new InvalidOperationException("No ranking was read.");

    /// <summary>Opens all files of a folder, oldest first, as they are now.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="vocabulary">Takes the names of dimensions; null to read rankings without dimensions.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static DecisionLogReader OpenFolder(string folder, Vocabulary? vocabulary = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Directory.Exists(folder)
            ? new DecisionLogReader(new Queue<string>(DecisionFiles.In(folder).Select(file => file.Path)), vocabulary)
            : throw new DirectoryNotFoundException($"There is no folder {folder}.");
    }

    /// <summary>Opens one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">Takes the names of dimensions; null to read rankings without dimensions.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DecisionLogReader OpenFile(string path, Vocabulary? vocabulary = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? new DecisionLogReader(new Queue<string>([path]), vocabulary)
            : throw new FileNotFoundException($"There is no file {path}.", path);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A file is not one of a decision log, or of a later version.</exception>
    public bool TryRead()
    {
        _bodyLength = -1;
        while (_stream is not null || OpenNext())
        {
            while (_stream!.TryRead(out DecisionFrameKind kind, out ReadOnlySpan<byte> content))
            {
                if (Take(kind, content))
                {
                    _counts = _counts with { Rankings = _counts.Rankings + 1 };
                    return true;
                }
            }

            _counts = Add(_counts, _stream);
            _stream.Dispose();
            _stream = null;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private static DecisionReadCounts Add(DecisionReadCounts counts, FrameStream stream) => counts with
    {
        Damaged = counts.Damaged + stream.Damaged,
        SkippedBytes = counts.SkippedBytes + stream.SkippedBytes,
        TornTails = counts.TornTails + (stream.IsTorn ? 1 : 0),
    };

    private bool OpenNext()
    {
        while (_files.TryDequeue(out string? path))
        {
            // The log may have deleted an old file since the folder was listed.
            if (File.Exists(path))
            {
                _models.Clear();
                _layouts.Clear();
                _symbols.Clear();
                _stream = new FrameStream(path);
                _counts = _counts with { Files = _counts.Files + 1 };
                return true;
            }
        }

        return false;
    }

    private bool Take(DecisionFrameKind kind, ReadOnlySpan<byte> content)
    {
        bool isUnderstood = true;
        switch (kind)
        {
            case DecisionFrameKind.Layout:
                isUnderstood = LayoutCodec.Read(content) is { } layout && Keep(layout);
                break;
            case DecisionFrameKind.Model:
                isUnderstood = content.Length > sizeof(int) && RankingCodec.ReadModel(content[sizeof(int)..]) is { } model
                    && Keep(BinaryPrimitives.ReadInt32LittleEndian(content), model);
                break;
            case DecisionFrameKind.Name:
                isUnderstood = content.Length > 3 && content[0] < DimensionNames.Tables && KeepName(content);
                break;
            case DecisionFrameKind.Ranking:
                if (TryTakeRanking(content))
                {
                    return true;
                }

                isUnderstood = false;
                break;
        }

        _counts = _counts with { Damaged = _counts.Damaged + (isUnderstood ? 0 : 1) };
        return false;
    }

    private bool TryTakeRanking(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(int) + RankingCodec.HeadBytes
            || !_models.TryGetValue(BinaryPrimitives.ReadInt32LittleEndian(content), out _model))
        {
            return false;
        }

        content = content[sizeof(int)..];
        if (_body.Length < content.Length)
        {
            _body = new byte[Math.Max(content.Length, 2 * _body.Length)];
        }

        content.CopyTo(_body);
        Translate(ref RankingCodec.HeadOf(_body));
        FeatureLayout? layout = _layouts.GetValueOrDefault(_model.LayoutHash);
        if (!RankingCodec.TryRead(_body.AsSpan(0, content.Length), _model, layout, out _))
        {
            return false;
        }

        _bodyLength = content.Length;
        return true;
    }

    // From the numbers of the process that wrote to those of this one.
    private void Translate(ref RankingCodec.Head head)
    {
        Span<Symbol> symbols = stackalloc Symbol[DimensionNames.Tables];
        DimensionNames.Read(head, symbols);
        for (int table = 0; table < symbols.Length; table++)
        {
            symbols[table] = symbols[table] == Symbol.Other && _vocabulary is not null
                ? Symbol.Other
                : _symbols.GetValueOrDefault((table << 16) | symbols[table].Value);
        }

        DimensionNames.Write(ref head, symbols);
    }

    private bool Keep(FeatureLayout layout)
    {
        _layouts[layout.Hash] = layout;
        return true;
    }

    private bool Keep(int number, ModelInfo model)
    {
        _models[number] = model;
        return true;
    }

    private bool KeepName(ReadOnlySpan<byte> content)
    {
        if (_vocabulary is not null)
        {
            int symbol = BinaryPrimitives.ReadUInt16LittleEndian(content[1..]);
            _symbols[(content[0] << 16) | symbol] = DimensionNames.TableOf(_vocabulary, content[0]).Intern(content[3..]);
        }

        return true;
    }
}
