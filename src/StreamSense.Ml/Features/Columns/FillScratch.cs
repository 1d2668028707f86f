using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Room to compute vectors in, of one thread at a time.</summary>
internal sealed class FillScratch
{
    /// <summary>How many blocks are under way: one is computed, the rows of one and the places in the index of one are fetched.</summary>
    public const int BlocksAhead = 3;

    /// <summary>How many numbers a column may keep for a query.</summary>
    public const int NumbersPerColumn = 4;

    private readonly LineArray<double> _values;
    private readonly LineArray<double> _result = new(LaneLoop.Block);

    /// <summary>Creates room for a plan.</summary>
    public FillScratch(IReadOnlyList<TablePlan> tables, int columns, int registers, LaneWidth width)
    {
        Blocks = [.. tables.Select(table => new LaneBlock(table))];
        _values = new LineArray<double>((columns + registers) * LaneLoop.Block);
        Numbers = new double[columns * NumbersPerColumn];
        IsMissing = new bool[columns];
        Keys = new ulong[tables.Count * BlocksAhead * LaneLoop.Block];
        Rows = new int[tables.Count * BlocksAhead * LaneLoop.Block];
        Parts = new object?[columns];
        Width = width;
    }

    /// <summary>What is asked.</summary>
    public FeatureQuery Query { get; set; }

    /// <summary>The width to compute in.</summary>
    public LaneWidth Width { get; }

    /// <summary>What the rows of each table say.</summary>
    public LaneBlock[] Blocks { get; }

    /// <summary>The columns of the block under way, and behind them the registers of expressions.</summary>
    /// <remarks>Of columns only those that others are computed from.</remarks>
    public Span<double> Values => _values.Numbers;

    /// <summary>The numbers that columns keep for the query.</summary>
    public double[] Numbers { get; }

    /// <summary>Which columns are missing for the query.</summary>
    public bool[] IsMissing { get; }

    /// <summary>The keys of the candidates fetched ahead, block by block of each table.</summary>
    public ulong[] Keys { get; }

    /// <summary>The rows they most likely have.</summary>
    public int[] Rows { get; }

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

    /// <summary>Where a column computes its block.</summary>
    public Span<double> RoomOf(Column column, int lanes) =>
        column.IsOperand ? Values.Slice(column.Index * LaneLoop.Block, lanes) : _result.Numbers[..lanes];

    /// <summary>Something that a column keeps for the query.</summary>
    public T PartOf<T>(Column column, Func<T> make)
        where T : class => (T)(Parts[column.Index] ??= make());
}
