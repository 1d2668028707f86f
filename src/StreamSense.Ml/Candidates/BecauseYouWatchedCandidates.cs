using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Histories;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes what goes with the titles that a viewer took an interest in, merged over all of them.</summary>
/// <remarks>
/// A title's weight is the sum over the viewer's titles of nearness × liking × fading^age, age counted in titles. What is in the history
/// is not proposed. With the neighbours that item-kNN or EASE fit it is collaborative, with those of <see cref="ContentNeighbours"/> it
/// goes by content. Nothing for a viewer who is not known or does not allow personalisation. About 24 KiB of stack; at most 1,024
/// titles are weighed.
/// </remarks>
public sealed class BecauseYouWatchedCandidates : ICandidateSource
{
    private readonly IViewerHistory _history;
    private readonly BecauseYouWatchedOptions _options;
    private Model _model;

    /// <summary>Creates a source.</summary>
    /// <param name="neighbours">What goes with each title.</param>
    /// <param name="history">What viewers took an interest in.</param>
    /// <param name="options">How both are joined; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public BecauseYouWatchedCandidates(ItemNeighbours neighbours, IViewerHistory history, BecauseYouWatchedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentNullException.ThrowIfNull(history);
        _options = options ?? new BecauseYouWatchedOptions();
        _options.Validate();
        _history = history;
        _model = new Model(neighbours);
    }

    /// <summary>The neighbours in service.</summary>
    public ItemNeighbours Neighbours => Volatile.Read(ref _model).Neighbours;

    /// <summary>Puts other neighbours into service; requests under way end with those they began with.</summary>
    /// <param name="next">The neighbours.</param>
    public void Publish(ItemNeighbours next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Volatile.Write(ref _model, new Model(next));
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        if (!request.Features.MayPersonalise)
        {
            return 0;
        }

        Span<HistoryEntry> entries = stackalloc HistoryEntry[BecauseYouWatchedOptions.MaxSeeds];
        entries = entries[.._history.Read(request.Features.Viewer, entries)];
        if (entries.IsEmpty)
        {
            return 0;
        }

        Model model = Volatile.Read(ref _model);
        var sums = new WeightedPlaces(stackalloc int[WeightedPlaces.Slots], stackalloc float[WeightedPlaces.Slots]);
        Merge(model, entries, ref sums);
        Span<ulong> keys = stackalloc ulong[WeightedPlaces.Capacity];
        int found = sums.Order(keys);
        int count = 0;
        for (int i = 0; i < found && count < destination.Length; i++)
        {
            TitleId title = model.Neighbours.Titles[(int)(uint)keys[i]];
            if (!HistoryEntry.Holds(entries, title))
            {
                destination[count++] = title;
            }
        }

        return count;
    }

    // Nearest neighbours of all titles first, then the second: where the table is full, what is passed over is the farthest.
    private void Merge(Model model, ReadOnlySpan<HistoryEntry> entries, ref WeightedPlaces sums)
    {
        Span<Seed> seeds = stackalloc Seed[BecauseYouWatchedOptions.MaxSeeds];
        int count = 0;
        float fading = 1;
        int longest = 0;
        foreach (ref readonly HistoryEntry entry in entries)
        {
            if (count == _options.Seeds)
            {
                break;
            }

            int place = entry.Weight >= _options.MinimumLiking ? model.Places.Of(entry.Title) : -1;
            if (place >= 0)
            {
                int start = model.Neighbours.Starts[place];
                int length = model.Neighbours.Starts[place + 1] - start;
                seeds[count++] = new Seed(start, length, entry.Weight * fading);
                fading *= _options.Fading;
                longest = Math.Max(longest, length);
            }
        }

        ReadOnlySpan<int> neighbours = model.Neighbours.Neighbours.AsSpan();
        ReadOnlySpan<float> weights = model.Neighbours.Weights.AsSpan();
        longest = Math.Min(longest, WeightedPlaces.Capacity);
        for (int rank = 0; rank < longest; rank++)
        {
            foreach (ref readonly Seed seed in seeds[..count])
            {
                if (rank < seed.Length)
                {
                    sums.Add(neighbours[seed.Start + rank], weights[seed.Start + rank] * seed.Weight);
                }
            }
        }
    }

    private readonly record struct Seed(int Start, int Length, float Weight);

    private sealed class Model(ItemNeighbours neighbours)
    {
        public ItemNeighbours Neighbours { get; } = neighbours;

        public TitlePlaces Places { get; } = new(neighbours.Titles.AsSpan());
    }
}
