using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation;

/// <summary>What one thread needs to rank the items for one user after the other.</summary>
internal sealed class RankingScratch
{
    private readonly IInteractionModel _model;
    private readonly InteractionMatrix _test;
    private readonly float[] _scores;
    private readonly byte[] _bytes;
    private readonly int[] _places;
    private readonly int[] _hits;
    private int _listed;
    private int _hitCount;

    /// <summary>Makes room.</summary>
    public RankingScratch(IInteractionModel model, InteractionMatrix test, RankingEvaluationOptions options)
    {
        _model = model;
        _test = test;
        _scores = new float[model.Items];
        _bytes = new byte[model.ScratchBytes];
        _places = new int[options.Cutoffs.Max()];
        _hits = new int[_places.Length];
    }

    /// <summary>The user who was ranked for last.</summary>
    public int User { get; private set; }

    /// <summary>The best items, up to the longest list asked for.</summary>
    public ReadOnlySpan<int> List => _places.AsSpan(0, _listed);

    /// <summary>Where in <see cref="List"/> the test items stand.</summary>
    public ReadOnlySpan<int> Hits => _hits.AsSpan(0, _hitCount);

    /// <summary>One by the place of the first test item among all; 0 if none can be ranked.</summary>
    public double ReciprocalRank { get; private set; }

    /// <summary>How many test items are training items too.</summary>
    public int Overlap { get; private set; }

    /// <summary>Ranks for a user.</summary>
    public void Rank(ReadOnlySpan<int> history, ReadOnlySpan<float> values, int user)
    {
        User = user;
        _model.Score(history.IsEmpty ? -1 : user, history, values, _scores, _bytes);
        ItemOrder.MakeFinite(_scores);
        foreach (int item in history)
        {
            _scores[item] = float.NegativeInfinity;
        }

        _listed = ItemOrder.Select(_scores, _places);
        ReadOnlySpan<int> relevant = _test.ItemsOf(user);
        _hitCount = 0;
        for (int place = 0; place < _listed; place++)
        {
            if (relevant.BinarySearch(_places[place]) >= 0)
            {
                _hits[_hitCount++] = place;
            }
        }

        FindFirst(relevant);
    }

    private void FindFirst(ReadOnlySpan<int> relevant)
    {
        int first = -1;
        Overlap = 0;
        foreach (int item in relevant)
        {
            if (float.IsNegativeInfinity(_scores[item]))
            {
                Overlap++;
            }
            else if (first < 0 || _scores[item] > _scores[first])
            {
                first = item;
            }
        }

        int rank = _hitCount > 0 ? _hits[0] : first < 0 ? 0 : ItemOrder.RankOf(_scores, first);
        ReciprocalRank = first < 0 ? 0 : 1.0 / (rank + 1.0);
    }
}
