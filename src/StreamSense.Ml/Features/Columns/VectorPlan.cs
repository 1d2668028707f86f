using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Computes the columns of a feature set for a query.</summary>
/// <remarks>
/// What is the same for all candidates is computed once. The rest goes by blocks of candidates: each row is copied into lanes as it was
/// at one moment, and every column computes its block. The rows of the next block, and the places in the index of the one behind it, are
/// fetched before. Immutable; any thread.
/// </remarks>
internal sealed class VectorPlan
{
    private readonly Column[] _order;
    private readonly Column[] _varying;
    private readonly StatePlan _state;
    private readonly Catalogue _catalogue;
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
        _catalogue = catalogue;
        int columns = order.Length;
        _scratch = new ScratchPool(maxIdle, () => new FillScratch(state.Tables, columns, registers, width));
    }

    /// <summary>Computes the columns.</summary>
    public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        FillScratch scratch = _scratch.Rent();
        scratch.Query = query;
        ReadSharedRows(scratch, query);
        foreach (Column column in _order)
        {
            bool isMissing = IsMissing(scratch, column, query);
            scratch.IsMissing[column.Index] = isMissing;
            if (!isMissing)
            {
                column.Prepare(scratch);
            }

            if (isMissing || column.IsConstant)
            {
                FillConstant(scratch, column, columns.Slice(column.Index * titles.Length, titles.Length));
            }
        }

        if (_varying.Length > 0)
        {
            FillVarying(scratch, titles, columns);
        }

        _scratch.Return(scratch);
    }

    private static bool IsMissing(FillScratch scratch, Column column, in FeatureQuery query) =>
        (query.Consent & column.Purposes) != column.Purposes
        || (column.Table is { } table && !scratch.BlockOf(table).IsKeyed);

    private static void FillConstant(FillScratch scratch, Column column, Span<float> to)
    {
        Span<double> values = scratch.RoomOf(column, LaneLoop.Block);
        Span<double> first = values[..LaneLoop.Least];
        first.Fill(double.NaN);
        if (!scratch.IsMissing[column.Index])
        {
            column.Compute(scratch, first);
        }

        LaneLoop.Finish(scratch.Width, first, column.Default, scratch.Tail, isOperand: false);
        to.Fill(scratch.Tail[0]);
        if (column.IsOperand)
        {
            values.Fill(scratch.Tail[0]);
        }
    }

    private void ReadSharedRows(FillScratch scratch, in FeatureQuery query)
    {
        foreach (LaneBlock block in scratch.Blocks)
        {
            TablePlan table = block.Table;
            block.Begin(query);
            (ulong key, StateTable rows) = KeyOf(table, query);
            block.Key = key;
            block.IsKeyed = key != 0;
            if (!table.IsOfCandidates)
            {
                if (key == 0 || !rows.TryRead(key, block.Row))
                {
                    Array.Clear(block.Row);
                }

                block.Take(ref block.Row[0], lane: 0, hasLines: false);
                block.Turn(scratch.Width, lane: 0);
                block.Fade(query, scratch.Width, LaneLoop.Least);
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

    private void FillVarying(FillScratch scratch, ReadOnlySpan<TitleId> titles, Span<float> columns)
    {
        FetchPlaces(scratch, titles, 0);
        FetchPlaces(scratch, titles, LaneLoop.Block);
        FetchRows(scratch, titles, 0);
        for (int start = 0; start < titles.Length; start += LaneLoop.Block)
        {
            FetchPlaces(scratch, titles, start + (2 * LaneLoop.Block));
            FetchRows(scratch, titles, start + LaneLoop.Block);
            Gather(scratch, BlockOf(titles, start), start);
            ComputeBlock(scratch, columns, start, titles.Length);
        }
    }

    private void ComputeBlock(FillScratch scratch, Span<float> columns, int start, int titles)
    {
        int count = scratch.Count;
        int lanes = LaneLoop.LanesFor(count);
        foreach (Column column in _varying)
        {
            if (scratch.IsMissing[column.Index])
            {
                continue;
            }

            Span<double> values = scratch.RoomOf(column, lanes);
            column.Compute(scratch, values);
            Span<float> to = columns.Slice((column.Index * titles) + start, count);
            if (count == lanes)
            {
                LaneLoop.Finish(scratch.Width, values, column.Default, to, column.IsOperand);
            }
            else
            {
                LaneLoop.Finish(scratch.Width, values, column.Default, scratch.Tail, column.IsOperand);
                scratch.Tail.AsSpan(0, count).CopyTo(to);
            }
        }
    }

    private static ReadOnlySpan<TitleId> BlockOf(ReadOnlySpan<TitleId> titles, int start) =>
        start < titles.Length ? titles.Slice(start, Math.Min(LaneLoop.Block, titles.Length - start)) : [];

    // Where the keys and rows of a block are kept until it is computed.
    private static int PlaceOf(LaneBlock block, int start) =>
        ((block.Table.Index * FillScratch.BlocksAhead) + (start / LaneLoop.Block % FillScratch.BlocksAhead)) * LaneLoop.Block;

    // The places of the keys of a block in the indexes.
    private static void FetchPlaces(FillScratch scratch, ReadOnlySpan<TitleId> titles, int start)
    {
        titles = BlockOf(titles, start);
        foreach (LaneBlock block in scratch.Blocks)
        {
            if (!block.Table.IsOfCandidates || !block.IsKeyed)
            {
                continue;
            }

            int place = PlaceOf(block, start);
            Span<ulong> keys = scratch.Keys.AsSpan(place, titles.Length);
            Span<int> hashes = scratch.Rows.AsSpan(place, titles.Length);
            StateTable rows = block.Table.Rows;
            FeatureScope scope = block.Table.Scope;
            for (int i = 0; i < titles.Length; i++)
            {
                keys[i] = scope switch
                {
                    FeatureScope.Title => titles[i].Value,
                    FeatureScope.ViewerTitle => NameHash.Pair(block.Key, titles[i].Value),
                    _ => NameHash.Pair(titles[i].Value, block.Key),
                };
                hashes[i] = (int)rows.PrefetchIndex(keys[i]);
            }
        }
    }

    // The rows of a block whose places were fetched: the hashes become the rows that the keys most likely have.
    private static void FetchRows(FillScratch scratch, ReadOnlySpan<TitleId> titles, int start)
    {
        titles = BlockOf(titles, start);
        foreach (LaneBlock block in scratch.Blocks)
        {
            if (!block.Table.IsOfCandidates || !block.IsKeyed)
            {
                continue;
            }

            Span<int> guesses = scratch.Rows.AsSpan(PlaceOf(block, start), titles.Length);
            StateTable rows = block.Table.Rows;
            int hot = block.Table.HotWords;
            foreach (ref int guess in guesses)
            {
                guess = rows.Guess((uint)guess, hot);
            }
        }
    }

    private void Gather(FillScratch scratch, ReadOnlySpan<TitleId> titles, int start)
    {
        titles.CopyTo(scratch.Titles);
        scratch.Count = titles.Length;
        foreach (LaneBlock block in scratch.Blocks)
        {
            if (!block.Table.IsOfCandidates || !block.IsKeyed)
            {
                continue;
            }

            StateTable rows = block.Table.Rows;
            bool hasLines = rows.HasWholeLines;
            int place = PlaceOf(block, start);
            ReadOnlySpan<ulong> keys = scratch.Keys.AsSpan(place, titles.Length);
            ReadOnlySpan<int> guesses = scratch.Rows.AsSpan(place, titles.Length);
            for (int lane = 0; lane < titles.Length; lane++)
            {
                var gather = new LaneGather(block, lane, hasLines);
                if (guesses[lane] < 0 || !rows.TryVisit(guesses[lane], keys[lane], ref gather))
                {
                    Find(block, keys[lane], titles[lane]);
                    block.Take(ref block.Row[0], lane, hasLines: false);
                }

                if ((lane + 1) % LaneTranspose.Square == 0 || lane + 1 == titles.Length)
                {
                    block.Turn(scratch.Width, lane);
                }
            }

            block.Fade(scratch.Query, scratch.Width, LaneLoop.LanesFor(titles.Length));
        }
    }

    // A row that was not where it was most likely: another place of the index, or nothing but what the catalogue says.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Find(LaneBlock block, ulong key, TitleId title)
    {
        if (!block.Table.Rows.TryRead(key, block.Row))
        {
            Array.Clear(block.Row);
            if (block.Table.Scope == FeatureScope.Title && _catalogue.Find(title) is { } known)
            {
                block.Table.Describe(block.Row, known);
            }
        }
    }

    private readonly struct LaneGather(LaneBlock block, int lane, bool hasLines) : IRowVisitor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Visit(ref long words) => block.Take(ref words, lane, hasLines);
    }
}
