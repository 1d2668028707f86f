using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation;

/// <summary>Asks a model for each interaction before it tells it: quality as a stream.</summary>
/// <remarks>
/// Test, then learn (Gama, Sebastião and Rodrigues, "On evaluating stream learning algorithms", 2013; for recommendation Vinagre, Jorge
/// and Gama, 2014). For each interaction, in the order given, the model scores all items for its user; those that the user has had are
/// left out; the place of the item that came is noted; then the model observes it. An item that the user has had before is no question.
/// Single-threaded, since each answer depends on all before it. Memory: 4 bytes an item, 4 bytes a user and item that met, and 16 bytes
/// a place of the window.
/// </remarks>
public static class PrequentialEvaluation
{
    /// <summary>Runs it.</summary>
    /// <param name="model">The model; it goes on from what it knows.</param>
    /// <param name="stream">The interactions, in time order.</param>
    /// <param name="options">How to ask; null for the defaults.</param>
    /// <param name="progress">Told how many interactions are done; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">The stream goes back in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PrequentialReport Run(
        IOnlineModel model,
        IReadOnlyList<Interaction> stream,
        PrequentialOptions? options = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new PrequentialOptions();
        options.Validate();
        var run = new PrequentialRun(model, options);
        EventTime last = new(long.MinValue);
        for (int i = 0; i < stream.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (stream[i].Time < last)
            {
                throw new ArgumentException($"Interaction {i} is earlier than the one before it.", nameof(stream));
            }

            last = stream[i].Time;
            run.Take(stream[i]);
            if ((i & 1023) == 1023)
            {
                progress?.Report(new TrainProgress("ask", i + 1, stream.Count));
            }
        }

        return run.ToReport();
    }

    private sealed class PrequentialRun(IOnlineModel model, PrequentialOptions options)
    {
        private readonly float[] _scores = new float[model.Items];
        private readonly Dictionary<int, List<int>> _had = [];
        private readonly bool[] _isKnown = new bool[model.Items];
        private readonly Queue<Answer> _window = new();
        private readonly ImmutableArray<PrequentialWindow>.Builder _windows = ImmutableArray.CreateBuilder<PrequentialWindow>();
        private Sums _total;
        private Sums _ofKnown;
        private int _newItems;
        private int _sinceWindow;

        public void Take(Interaction interaction)
        {
            bool isNewUser = !_had.TryGetValue(interaction.User, out List<int>? had);
            if (had is null)
            {
                _had.Add(interaction.User, had = []);
            }

            int place = had.BinarySearch(interaction.Item);
            if (place < 0)
            {
                if (!isNewUser || options.AskForNewUsers)
                {
                    Ask(interaction, had, isNewUser);
                }

                had.Insert(~place, interaction.Item);
            }

            _isKnown[interaction.Item] = true;
            model.Observe(interaction);
        }

        public PrequentialReport ToReport()
        {
            if (_sinceWindow > 0)
            {
                WriteWindow();
            }

            return new PrequentialReport(
                model.Name, _total.ToFigures(), _ofKnown.ToFigures(), _newItems, _windows.ToImmutable());
        }

        private void Ask(in Interaction interaction, List<int> had, bool isNewUser)
        {
            model.Score(interaction.User, interaction.Time, _scores);
            ItemOrder.MakeFinite(_scores);
            foreach (int item in had)
            {
                _scores[item] = float.NegativeInfinity;
            }

            var answer = new Answer(interaction.Time, ItemOrder.RankOf(_scores, interaction.Item));
            _newItems += _isKnown[interaction.Item] ? 0 : 1;
            _total.Add(answer.Rank, options.Cutoff);
            if (!isNewUser)
            {
                _ofKnown.Add(answer.Rank, options.Cutoff);
            }

            _window.Enqueue(answer);
            if (_window.Count > options.WindowLength)
            {
                _window.Dequeue();
            }

            if (++_sinceWindow == options.WindowStep)
            {
                WriteWindow();
            }
        }

        private void WriteWindow()
        {
            Sums sums = default;
            EventTime from = _window.Peek().Time;
            EventTime to = from;
            foreach (Answer answer in _window)
            {
                sums.Add(answer.Rank, options.Cutoff);
                to = answer.Time;
            }

            _windows.Add(new PrequentialWindow(from, to, sums.ToFigures()));
            _sinceWindow = 0;
        }
    }

    private readonly record struct Answer(EventTime Time, int Rank);

    private struct Sums
    {
        private int _questions;
        private int _hits;
        private double _gains;
        private double _reciprocals;

        public void Add(int rank, int cutoff)
        {
            _questions++;
            _hits += rank < cutoff ? 1 : 0;
            _gains += rank < cutoff ? 1 / Math.Log2(rank + 2.0) : 0;
            _reciprocals += 1.0 / (rank + 1.0);
        }

        public readonly PrequentialFigures ToFigures() => _questions == 0
            ? default
            : new PrequentialFigures(_questions, (double)_hits / _questions, _gains / _questions, _reciprocals / _questions);
    }
}
