using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Room to compute vectors in, of one thread at a time.</summary>
internal sealed class FillScratch
{
    /// <summary>How many numbers a column may keep for a query.</summary>
    public const int NumbersPerColumn = 4;

    private readonly LineArray<double> _values;
    private readonly LineArray<double> _results = new(LaneLoop.Block);

    /// <summary>Creates room for a plan.</summary>
    public FillScratch(IReadOnlyList<TablePlan> tables, Catalogue catalogue, int columns, int registers, LaneWidth width)
    {
        Blocks = [.. tables.Select(table => new LaneBlock(table))];
        Candidates = [.. Blocks.Where(block => block.Table.IsOfCandidates).Select(block => new CandidateRows(block, catalogue))];
        _values = new LineArray<double>((columns + registers) * LaneLoop.Block);
        Numbers = new double[columns * NumbersPerColumn];
        IsMissing = new bool[columns];
        Parts = new object?[columns];
        Width = width;
    }

    /// <summary>What is asked.</summary>
    public FeatureQuery Query { get; set; }

    /// <summary>The width to compute in.</summary>
    public LaneWidth Width { get; }

    /// <summary>What the rows of each table say.</summary>
    public LaneBlock[] Blocks { get; }

    /// <summary>The rows that each candidate has of its own.</summary>
    public CandidateRows[] Candidates { get; }

    /// <summary>The columns of the block under way, and behind them the registers of expressions.</summary>
    /// <remarks>Of columns only those that others are computed from.</remarks>
    public Span<double> Values => _values.Numbers;

    /// <summary>The numbers that columns keep for the query.</summary>
    public double[] Numbers { get; }

    /// <summary>Which columns are missing for the query.</summary>
    public bool[] IsMissing { get; }

    /// <summary>What else columns keep for the query.</summary>
    public object?[] Parts { get; }

    /// <summary>The candidates of the block under way.</summary>
    public TitleId[] Titles { get; } = new TitleId[LaneLoop.Block];

    /// <summary>How many candidates the block under way has.</summary>
    public int Count { get; set; }

    /// <summary>A block of floats for what is shorter than a block.</summary>
    public float[] Tail { get; } = new float[LaneLoop.Block];

    /// <summary>The numbers that a column keeps for the query.</summary>
    public Span<double> NumbersOf(Column column) => Numbers.AsSpan(column.Index * NumbersPerColumn, NumbersPerColumn);

    /// <summary>The block that a column reads.</summary>
    public LaneBlock BlockOf(TablePlan table) => Blocks[table.Index];

    /// <summary>The numbers of a column that others are computed from; nothing of another one.</summary>
    public Span<double> NumbersFor(Column column, int lanes) =>
        column.IsOperand ? Values.Slice(column.Index * LaneLoop.Block, lanes) : [];

    /// <summary>Room for a column that computes its numbers one by one.</summary>
    public Span<double> Results(int lanes) => _results.Numbers[..lanes];

    /// <summary>Something that a column keeps for the query.</summary>
    public T PartOf<T>(Column column, Func<T> make)
        where T : class => (T)(Parts[column.Index] ??= make());
}
