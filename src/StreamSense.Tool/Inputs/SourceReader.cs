using StreamSense.Core.Ingest;

namespace StreamSense.Tool.Inputs;

/// <summary>Reads every input of a command, one after the other, in one format.</summary>
internal sealed class SourceReader : ISetReader
{
    private const int MostComplaints = 5;

    private static readonly IngestOrigin _file = new();

    private readonly IEventIngest _ingest;
    private readonly Action<string>? _damaged;
    private readonly List<string> _names = [];
    private readonly List<string> _notes = [];

    /// <summary>Creates a reader.</summary>
    /// <param name="format">How the inputs are written: one of <see cref="SourceFormats.Names"/>.</param>
    /// <param name="context">What the format's reader is made of.</param>
    /// <exception cref="InputException">The format needs a mapping file, and there is none, or a wrong one.</exception>
    public SourceReader(string format, SourceContext context)
    {
        _ingest = SourceFormats.Find(format).Open(context);
        _damaged = context.Damaged;
    }

    /// <inheritdoc/>
    public IngestCounters Counters => _ingest.Counters;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public IEventIngest Ingest => _ingest;

    /// <inheritdoc/>
    public void ReadAll(
        IReadOnlyList<string> paths,
        Stream standardInput,
        Action<long?>? begun,
        Action<int>? read,
        CancellationToken cancellationToken)
    {
        using InputFiles files = InputFiles.Find(paths, standardInput);
        begun?.Invoke(files.TotalBytes);
        foreach (InputFile file in files.All)
        {
            ReadNext(file, read, cancellationToken);
        }

        _ingest.ReleaseAll();
    }

    /// <summary>Reads one input, which the caller found.</summary>
    /// <param name="file">The input; it is read to its end.</param>
    /// <param name="read">Is told how many bytes were read; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public void Read(InputFile file, Action<int>? read, CancellationToken cancellationToken)
    {
        ReadNext(file, read, cancellationToken);
        _ingest.ReleaseAll();
    }

    private void ReadNext(InputFile file, Action<int>? read, CancellationToken cancellationToken)
    {
        _names.Add(file.Name);
        _ingest.Begin(_file);
        file.ReadToEnd(
            chunk =>
            {
                _ingest.Feed(chunk);
                read?.Invoke(chunk.Length);
            },
            _damaged,
            cancellationToken);
        Note(file, _ingest.Complete());
    }

    private void Note(InputFile file, IngestResult result)
    {
        foreach (IngestError error in result.Errors.Take(MostComplaints - _notes.Count))
        {
            _notes.Add($"{file.Name}: {error}");
        }
    }
}
