using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The vectors of a BPR training, and the steps that move them.</summary>
internal sealed unsafe class BprSteps
{
    // So often an item that the user does not have is looked for before the draw is given up: a user may have nearly all.
    private const int MaxDraws = 16;
    private const int LotsPerItem = 16;

    // A loss costs as much as half a step, and is only told: one of so many is enough.
    private const int LossEvery = 16;

    private readonly InteractionMatrix _data;
    private readonly BprOptions _options;
    private readonly float _regularisation;
    private readonly Strata _strata;
    private readonly TakenItems _taken;
    private readonly int[][] _lots;

    /// <summary>Starts at random.</summary>
    public BprSteps(InteractionMatrix data, BprOptions options, double regularisation)
    {
        _data = data;
        _options = options;
        _regularisation = (float)regularisation;
        _strata = new Strata(data, options.Seed);
        _taken = new TakenItems(data);
        _lots = new int[_strata.Blocks][];
        for (int block = 0; block < _lots.Length; block++)
        {
            _lots[block] = new int[_strata.ItemsOf(block).Length * (options.NegativePopularity > 0 ? LotsPerItem : 1)];
        }

        var random = new SplitMix(options.Seed);
        Users = new VectorTable(data.Users, options.Dimensions);
        Items = new VectorTable(data.Items, options.Dimensions);
        Users.Start(ref random, options.StartDeviation);
        Items.Start(ref random, options.StartDeviation);
        ClearUnmoved();
    }

    /// <summary>A vector for each user.</summary>
    public VectorTable Users { get; }

    /// <summary>A vector for each item, with what it has of its own.</summary>
    public VectorTable Items { get; }

    /// <summary>Takes a step for each interaction, against the highest of some items that are drawn from the same block.</summary>
    /// <param name="epoch">Which time it is.</param>
    /// <param name="rate">How far steps go.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The mean loss before the steps, of a sample of them.</returns>
    public double Run(int epoch, float rate, CancellationToken cancellation)
    {
        _strata.Deal(epoch, _options.Threads, cancellation);
        for (int block = 0; block < _lots.Length; block++)
        {
            FillLots(_strata.ItemsOf(block), _lots[block]);
        }

        double loss = _strata.Walk(
            epoch,
            _options.Threads,
            (Span<Strata.Cell> cells, int itemBlock, ref SplitMix random) => Walk(cells, _lots[itemBlock], ref random, rate),
            cancellation);
        return loss / Math.Max(1, _data.Count);
    }

    /// <summary>One step.</summary>
    /// <returns>By how much the item taken was before the other.</returns>
    internal float Step(int user, int positive, int negative, float rate)
    {
        float* x = Users.PointerTo(user);
        float* y = Items.PointerTo(positive);
        float* z = Items.PointerTo(negative);
        int length = Users.Length;
        ref float liked = ref Items.BiasOf(positive);
        ref float other = ref Items.BiasOf(negative);
        float margin = liked - other + StepKernel.Margin(x, y, z, length, Vector512.IsHardwareAccelerated);
        float slope = 1 / (1 + MathF.Exp(margin));
        StepKernel.Part(x, y, z, length, rate * slope, 1 - (rate * _regularisation), Vector512.IsHardwareAccelerated);
        liked += rate * (slope - (_regularisation * liked));
        other -= rate * (slope + (_regularisation * other));
        return margin;
    }

    private double Walk(Span<Strata.Cell> cells, ReadOnlySpan<int> lots, ref SplitMix random, float rate)
    {
        double loss = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            Strata.Cell cell = Strata.Draw(cells, i, ref random);
            int negative = DrawHighest(cell.User, lots, ref random);
            if (negative >= 0)
            {
                float margin = Step(cell.User, cell.Item, negative, rate);
                loss += i % LossEvery == 0 ? Sigmoid.Loss(margin, 1) * Math.Min(LossEvery, cells.Length - i) : 0;
            }
        }

        return loss;
    }

    // A vector that no step moves says nothing, and would only be noise in a score.
    private void ClearUnmoved()
    {
        for (int user = 0; user < _data.Users; user++)
        {
            if (_data.ItemsOf(user).IsEmpty)
            {
                Users[user].Clear();
            }
        }

        for (int item = 0; item < _data.Items; item++)
        {
            if (_data.UsersOf(item).IsEmpty)
            {
                Items[item].Clear();
            }
        }
    }

    // Each item has lots in proportion to its weight, 16 on average: to draw one is one look.
    private void FillLots(ReadOnlySpan<int> items, int[] lots)
    {
        if (lots.Length == items.Length)
        {
            items.CopyTo(lots);
            return;
        }

        double sum = 0;
        foreach (int item in items)
        {
            sum += WeightOf(item);
        }

        double end = 0;
        int next = 0;
        foreach (int item in items)
        {
            end += sum > 0 ? WeightOf(item) / sum * lots.Length : LotsPerItem;
            for (int last = (int)Math.Round(end); next < last && next < lots.Length; next++)
            {
                lots[next] = item;
            }
        }

        // What rounding left over goes to the last item with a weight, as the rest of the line does.
        lots.AsSpan(next).Fill(next > 0 ? lots[next - 1] : 0);
    }

    private double WeightOf(int item)
    {
        int taken = _data.UsersOf(item).Length;
        return taken == 0 ? 0 : Math.Pow(taken, _options.NegativePopularity);
    }

    private int DrawHighest(int user, ReadOnlySpan<int> lots, ref SplitMix random)
    {
        int best = DrawNegative(user, lots, ref random);
        if (best < 0 || _options.NegativesDrawn == 1)
        {
            return best;
        }

        float* x = Users.PointerTo(user);
        float highest = ScoreOf(x, best);
        for (int drawn = 1; drawn < _options.NegativesDrawn; drawn++)
        {
            int item = DrawNegative(user, lots, ref random);
            float score = item < 0 ? float.NegativeInfinity : ScoreOf(x, item);
            if (score > highest)
            {
                highest = score;
                best = item;
            }
        }

        return best;
    }

    private float ScoreOf(float* user, int item) =>
        Items.BiasOf(item) + StepKernel.Dot(user, Items.PointerTo(item), Items.Length, Vector512.IsHardwareAccelerated);

    private int DrawNegative(int user, ReadOnlySpan<int> lots, ref SplitMix random)
    {
        for (int draw = 0; draw < MaxDraws; draw++)
        {
            int item = lots[random.Below(lots.Length)];
            if (!_taken.Has(user, item))
            {
                return item;
            }
        }

        return -1;
    }
}
