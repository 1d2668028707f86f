using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Computes the columns of a feature set for a query.</summary>
/// <remarks>
/// What is the same for all candidates is computed once. The rest goes by groups of candidates, whose rows are fetched ahead together, and
/// in them by blocks: each row is copied into lanes as it was at one moment, and every column computes its block. Immutable; any thread.
/// </remarks>
internal sealed class VectorPlan
{
    private readonly Column[] _order;
    private readonly Column[] _constant;
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
        _constant = [.. order.Where(column => column.IsConstant)];
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
        Span<double> values = scratch.Values.AsSpan(column.Index * LaneLoop.Block, LaneLoop.Block);
        Span<double> first = values[..LaneLoop.Least];
        first.Fill(double.NaN);
        if (!scratch.IsMissing[column.Index])
        {
            column.Compute(scratch, first);
        }

        LaneLoop.Finish(scratch.Width, first, column.Default, scratch.Tail);
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

                block.Take(ref block.Row[0], 0);
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
        for (int group = 0; group < titles.Length; group += FillScratch.Group)
        {
            ReadOnlySpan<TitleId> together = titles.Slice(group, Math.Min(FillScratch.Group, titles.Length - group));
            FetchAhead(scratch, together);
            for (int start = 0; start < together.Length; start += LaneLoop.Block)
            {
                int count = Math.Min(LaneLoop.Block, together.Length - start);
                Gather(scratch, together.Slice(start, count), start);
                ComputeBlock(scratch, columns, group + start, count, titles.Length);
            }
        }
    }

    private static void ComputeBlock(FillScratch scratch, Column[] varying, Span<float> columns, int start, int count, int titles)
    {
        foreach (Column column in varying)
        {
            if (scratch.IsMissing[column.Index])
            {
                continue;
            }

            Span<double> values = scratch.Values.AsSpan(column.Index * LaneLoop.Block, LaneLoop.LanesFor(count));
            column.Compute(scratch, values);
            Span<float> to = columns.Slice((column.Index * titles) + start, count);
            if (count == values.Length)
            {
                LaneLoop.Finish(scratch.Width, values, column.Default, to);
            }
            else
            {
                LaneLoop.Finish(scratch.Width, values, column.Default, scratch.Tail);
                scratch.Tail.AsSpan(0, count).CopyTo(to);
            }

            if (column.IsOperand)
            {
                LaneLoop.Widen(to, values);
            }
        }
    }

    private void ComputeBlock(FillScratch scratch, Span<float> columns, int start, int count, int titles) =>
        ComputeBlock(scratch, _varying, columns, start, count, titles);

    private static void FetchAhead(FillScratch scratch, ReadOnlySpan<TitleId> titles)
    {
        foreach (LaneBlock block in scratch.Blocks)
        {
            if (!block.Table.IsOfCandidates || !block.IsKeyed)
            {
                continue;
            }

            Span<ulong> keys = scratch.Keys.AsSpan(block.Table.Index * FillScratch.Group, titles.Length);
            Span<int> guesses = scratch.Rows.AsSpan(block.Table.Index * FillScratch.Group, titles.Length);
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
                guesses[i] = (int)rows.PrefetchIndex(keys[i]);
            }

            int hot = block.Table.HotWords;
            for (int i = 0; i < titles.Length; i++)
            {
                guesses[i] = rows.Guess((uint)guesses[i], hot);
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
            int first = (block.Table.Index * FillScratch.Group) + start;
            for (int lane = 0; lane < titles.Length; lane++)
            {
                ulong key = scratch.Keys[first + lane];
                int guess = scratch.Rows[first + lane];
                var gather = new LaneGather(block, lane);
                bool found = guess >= 0 && rows.TryVisit(guess, key, ref gather);
                if (!found && !rows.TryRead(key, block.Row))
                {
                    // Nothing is known of it but what the catalogue says.
                    Array.Clear(block.Row);
                    if (block.Table.Scope == FeatureScope.Title && _catalogue.Find(titles[lane]) is { } title)
                    {
                        block.Table.Describe(block.Row, title);
                    }
                }

                if (!found)
                {
                    block.Take(ref block.Row[0], lane);
                }
            }

            block.Fade(scratch.Query, scratch.Width, LaneLoop.LanesFor(titles.Length));
        }
    }

    private readonly struct LaneGather(LaneBlock block, int lane) : IRowVisitor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Visit(ref long words) => block.Take(ref words, lane);
    }
}
