namespace StreamSense.Ml.Training.Interactions;

/// <summary>A part of the training data that is kept back, so that a trainer can choose its own settings by what predicts it
/// best.</summary>
/// <remarks>
/// Of up to a number of users a share of the items is kept back, by a hash of user and item: the same for the same data and seed. What a
/// trainer sees of the data it is judged on later is not touched: this is cut from the training data alone.
/// </remarks>
internal sealed class HoldOut
{
    private const int Top = 20;
    private const double Share = 0.2;

    private readonly InteractionMatrix _all;
    private readonly List<int> _users = [];

    /// <summary>Cuts the data.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="maxUsers">Of how many users something is kept back, at most.</param>
    /// <param name="seed">Which of the possible cuts.</param>
    public HoldOut(InteractionMatrix data, int maxUsers, long seed)
    {
        _all = data;
        var keeps = new bool[data.Count];
        keeps.AsSpan().Fill(true);
        double userShare = Math.Min(1, (double)maxUsers / Math.Max(1, data.Users));
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            var random = new SplitMix(seed, user);
            bool isAsked = random.Unit() < userShare && data.ItemsOf(user).Length >= 2;
            int held = 0;
            for (int i = 0; i < data.ItemsOf(user).Length; i++, cell++)
            {
                if (isAsked && random.Unit() < Share && held + 1 < data.ItemsOf(user).Length)
                {
                    keeps[cell] = false;
                    held++;
                }
            }

            if (held > 0)
            {
                _users.Add(user);
            }
        }

        Train = data.Where(keeps);
    }

    /// <summary>What is left to train on.</summary>
    public InteractionMatrix Train { get; }

    /// <summary>How many users have something kept back.</summary>
    public int Asked => _users.Count;

    /// <summary>How well a model puts what was kept back before what the users never had: mean NDCG of the first 20.</summary>
    public double Quality(IInteractionModel model, int threads, CancellationToken cancellation)
    {
        var gains = new double[_users.Count];
        FixedChunks.Run(
            _users.Count,
            16,
            threads,
            () => new Scratch(new float[model.Items], new byte[model.ScratchBytes]),
            (from, to, scratch) =>
            {
                for (int i = from; i < to; i++)
                {
                    gains[i] = Gain(model, _users[i], scratch);
                }
            },
            cancellation);

        double sum = 0;
        foreach (double gain in gains)
        {
            sum += gain;
        }

        return _users.Count == 0 ? 0 : sum / _users.Count;
    }

    private double Gain(IInteractionModel model, int user, Scratch scratch)
    {
        ReadOnlySpan<int> history = Train.ItemsOf(user);
        ReadOnlySpan<int> all = _all.ItemsOf(user);
        Span<float> scores = scratch.Scores;
        model.Score(user, history, Train.ValuesOf(user), scores, scratch.Bytes);
        foreach (int item in history)
        {
            scores[item] = float.NegativeInfinity;
        }

        Span<int> best = stackalloc int[Top];
        int count = ItemOrder.Select(scores, best);
        double gain = 0;
        double ideal = 0;
        for (int rank = 0; rank < Math.Min(Top, Math.Max(count, all.Length - history.Length)); rank++)
        {
            double weight = 1 / Math.Log2(rank + 2);
            ideal += rank < all.Length - history.Length ? weight : 0;
            gain += rank < count && all.BinarySearch(best[rank]) >= 0 ? weight : 0;
        }

        return ideal > 0 ? gain / ideal : 0;
    }

    private sealed record Scratch(float[] Scores, byte[] Bytes);
}
