using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Computes the columns of a feature set for a query.</summary>
/// <remarks>
/// What is the same for all candidates is computed once. The rest goes by blocks of candidates: each row is taken into lanes as it was
/// at one moment, and every column computes its block. Between the columns, a few candidates at a time, the rows of the next block are
/// asked for, and the places in the index of the one behind it: a processor waits for about ten lines at once and not for more, so that
/// memory is busy while numbers are computed. Immutable; any thread.
/// </remarks>
internal sealed class VectorPlan
{
    // How many candidates are asked for at once: few enough that none waits for another.
    private const int FewestFetched = 4;

    private readonly Column[] _order;
    private readonly Column[] _varying;
    private readonly StatePlan _state;
    private readonly ScratchPool _scratch;

    /// <summary>Creates the plan of some columns.</summary>
    /// <param name="order">The columns, each behind those it is computed from.</param>
    /// <param name="registers">How many registers expressions need.</param>
    /// <param name="state">The tables.</param>
    /// <param name="catalogue">What is known of titles that have no row.</param>
    /// <param name="maxIdle">How much scratch is kept.</param>
    /// <param name="width">The width to compute in.</param>
    public VectorPlan(Column[] order, int registers, StatePlan state, Catalogue catalogue, int maxIdle, LaneWidth width)
    {
        _order = order;
        _varying = [.. order.Where(column => !column.IsConstant)];
        _state = state;
        int columns = order.Length;
        _scratch = new ScratchPool(maxIdle, () => new FillScratch(state.Tables, catalogue, columns, registers, width));
    }

    /// <summary>Computes the columns.</summary>
    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        FillScratch scratch = _scratch.Rent();
        scratch.Query = query;
        ReadSharedRows(scratch, query);
        bool isVarying = _varying.Length > 0;
        if (isVarying)
        {
            FetchPlaces(scratch, titles, 0, LaneLoop.Block);
            FetchPlaces(scratch, titles, LaneLoop.Block, 2 * LaneLoop.Block);
        }

        Prepare(scratch, query);
        if (isVarying)
        {
            FetchRows(scratch, titles, 0, LaneLoop.Block);
        }

        foreach (Column column in _order)
        {
            if (scratch.IsMissing[column.Index] || column.IsConstant)
            {
                FillConstant(scratch, column, columns.Slice(column.Index * titles.Length, titles.Length));
            }
        }

        for (int start = 0; isVarying && start < titles.Length; start += LaneLoop.Block)
        {
            FillBlock(scratch, titles, start, columns);
        }

        _scratch.Return(scratch);
    }

    private void Prepare(FillScratch scratch, in FeatureQuery query)
    {
        foreach (Column column in _order)
        {
            bool isMissing = IsMissing(scratch, column, query);
            scratch.IsMissing[column.Index] = isMissing;
            if (!isMissing)
            {
                column.Prepare(scratch);
            }
        }
    }

    private static bool IsMissing(FillScratch scratch, Column column, in FeatureQuery query) =>
        (query.Consent & column.Purposes) != column.Purposes
        || (column.Table is { } table && !scratch.BlockOf(table).IsKeyed);

    private static void FillConstant(FillScratch scratch, Column column, Span<float> to)
    {
        Span<float> first = scratch.Tail.AsSpan(0, LaneLoop.Least);
        if (scratch.IsMissing[column.Index])
        {
            first.Fill(column.Default);
        }
        else
        {
            column.Compute(scratch, new LaneTarget(scratch.Width, first, column.Default, []));
        }

        to.Fill(first[0]);
        scratch.NumbersFor(column, LaneLoop.Block).Fill(first[0]);
    }

    private void ReadSharedRows(FillScratch scratch, in FeatureQuery query)
    {
        foreach (LaneBlock block in scratch.Blocks)
        {
            TablePlan table = block.Table;
            block.Begin(query.Time);
            (ulong key, StateTable rows) = KeyOf(table, query);
            block.Key = key;
            block.IsKeyed = key != 0;
            if (!table.IsOfCandidates)
            {
                if (key == 0 || !rows.TryRead(key, block.Row))
                {
                    Array.Clear(block.Row);
                }

                block.TakeShared(scratch.Width);
            }
        }
    }

    private (ulong Key, StateTable Rows) KeyOf(TablePlan table, in FeatureQuery query) => table.Scope switch
    {
        FeatureScope.Viewer when query.Viewer.IsNone => (query.Device.Value, table.Devices!),
        FeatureScope.Viewer or FeatureScope.ViewerTitle => (query.Viewer.Value, table.Rows),
        FeatureScope.Household => (query.Household.Value, table.Rows),
        FeatureScope.Device => (query.Device.Value, table.Rows),
        FeatureScope.View => (query.View.Value, table.Rows),
        FeatureScope.TitleSegment or FeatureScope.Dimension when table.Dimension != FeatureDimension.Length =>
            (_state.Keys.KeyOf(query, table.Dimension), table.Rows),
        _ => (1, table.Rows),
    };

    private void FillBlock(FillScratch scratch, ReadOnlySpan<TitleId> titles, int start, Span<float> columns)
    {
        int count = Math.Min(LaneLoop.Block, titles.Length - start);
        int lanes = LaneLoop.LanesFor(count);
        ReadOnlySpan<TitleId> block = titles.Slice(start, count);
        block.CopyTo(scratch.Titles);
        scratch.Count = count;
        foreach (CandidateRows rows in scratch.Candidates)
        {
            rows.Take(scratch.Width, block, start);
        }

        int fetched = 0;
        for (int i = 0; i < _varying.Length; i++)
        {
            int next = ((i + 1) * LaneLoop.Block / _varying.Length) & -FewestFetched;
            if (next > fetched)
            {
                FetchPlaces(scratch, titles, start + (2 * LaneLoop.Block) + fetched, start + (2 * LaneLoop.Block) + next);
                FetchRows(scratch, titles, start + LaneLoop.Block + fetched, start + LaneLoop.Block + next);
                fetched = next;
            }

            Column column = _varying[i];
            if (!scratch.IsMissing[column.Index])
            {
                Compute(scratch, column, lanes, columns.Slice((column.Index * titles.Length) + start, count));
            }
        }
    }

    private static void Compute(FillScratch scratch, Column column, int lanes, Span<float> to)
    {
        Span<float> room = to.Length == lanes ? to : scratch.Tail.AsSpan(0, lanes);
        column.Compute(scratch, new LaneTarget(scratch.Width, room, column.Default, scratch.NumbersFor(column, lanes)));
        if (to.Length != lanes)
        {
            room[..to.Length].CopyTo(to);
        }
    }

    private static void FetchPlaces(FillScratch scratch, ReadOnlySpan<TitleId> titles, int from, int to)
    {
        to = Math.Min(to, titles.Length);
        foreach (CandidateRows rows in from < to ? scratch.Candidates : [])
        {
            rows.FetchPlaces(titles[from..to], from);
        }
    }

    private static void FetchRows(FillScratch scratch, ReadOnlySpan<TitleId> titles, int from, int to)
    {
        to = Math.Min(to, titles.Length);
        foreach (CandidateRows rows in from < to ? scratch.Candidates : [])
        {
            rows.FetchRows(from, to - from);
        }
    }
}
