using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Tool.Inputs;

/// <summary>
/// Reads canonical lines on several threads: blocks of whole lines are decoded apart and written in the order of the input.
/// </summary>
/// <remarks>
/// The set sees what it would see from one reader, in the same order; of duplicates the same one wins. A few blocks are under way at any
/// time, so that memory does not grow with the input.
/// </remarks>
internal sealed class ParallelReader(SourceContext context, int threads) : ISetReader
{
    private const int BlockBytes = 1 << 22;
    private const int MostComplaints = 5;

    private readonly List<string> _names = [];
    private readonly List<string> _notes = [];
    private readonly Queue<Task<LineBlock>> _underWay = new();
    private readonly Stack<LineBlock> _free = new();

    /// <inheritdoc/>
    public IngestCounters Counters { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public IEventIngest? Ingest => null;

    /// <inheritdoc/>
    public void ReadAll(
        IReadOnlyList<string> paths,
        Stream standardInput,
        Action<long?>? begun,
        Action<int>? read,
        CancellationToken cancellationToken)
    {
        using InputFiles files = InputFiles.Find(paths, standardInput);
        try
        {
            begun?.Invoke(files.TotalBytes);
            foreach (InputFile file in files.All)
            {
                _names.Add(file.Name);
                ReadFile(file, read, cancellationToken);
            }
        }
        finally
        {
            Task[] ends = [.. _underWay.Select(block => block.ContinueWith(static _ => { }, TaskScheduler.Default))];
            Task.WaitAll(ends, CancellationToken.None);
        }
    }

    private void ReadFile(InputFile file, Action<int>? read, CancellationToken cancellationToken)
    {
        long lines = 0;
        LineBlock block = Rent();
        file.ReadToEnd(
            chunk =>
            {
                read?.Invoke(chunk.Length);
                while (!chunk.IsEmpty)
                {
                    // A block ends behind the last whole line that came, once it is large enough.
                    int end = chunk.LastIndexOf((byte)'\n') + 1;
                    if (end == 0 || block.Length + end < BlockBytes)
                    {
                        block.Append(chunk);
                        return;
                    }

                    block.Append(chunk[..end]);
                    Start(block, file);
                    block = Rent();
                    chunk = chunk[end..];
                }
            },
            context.Damaged,
            cancellationToken);
        Start(block, file);
        while (_underWay.Count > 0)
        {
            WriteOldest();
        }

        void Start(LineBlock full, InputFile of)
        {
            lines += full.Begin(of.Name, lines);
            _underWay.Enqueue(Task.Run(full.Decode, CancellationToken.None));
            if (_underWay.Count > 2 * threads)
            {
                WriteOldest();
            }
        }
    }

    private LineBlock Rent() => _free.TryPop(out LineBlock? block)
        ? block
        : new LineBlock(receiver => new NdjsonIngest(context.Decoder(), receiver, Counters, context.Failed));

    private void WriteOldest()
    {
        LineBlock block = _underWay.Dequeue().GetAwaiter().GetResult();
        block.WriteTo(context.Receiver);
        foreach (string complaint in block.Complaints.Take(MostComplaints - _notes.Count))
        {
            _notes.Add(complaint);
        }

        _free.Push(block);
    }
}
