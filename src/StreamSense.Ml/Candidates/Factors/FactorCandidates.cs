using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Histories;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Proposes the titles whose vectors have the greatest dot products with the viewer's.</summary>
/// <remarks>Nothing for a viewer without a vector. The model is replaced as a whole while requests go on: index and vectors
/// together.</remarks>
public sealed class FactorCandidates : ICandidateSource
{
    private const int MaxSeen = 64;
    private const int MaxDimensions = 1024;

    private readonly IViewerHistory? _seen;
    private Model _model;

    /// <summary>Creates a source.</summary>
    /// <param name="index">Finds the titles.</param>
    /// <param name="vectors">Gives viewers their vectors.</param>
    /// <param name="seen">Titles that are not proposed because the viewer knows them; null to propose them too.</param>
    /// <exception cref="ArgumentException">Index and vectors have different dimensions, or more than 1,024.</exception>
    public FactorCandidates(IFactorIndex index, IViewerVector vectors, IViewerHistory? seen = null)
    {
        _seen = seen;
        _model = Checked(index, vectors);
    }

    /// <summary>Puts another model into service; requests under way end with the one they began with.</summary>
    /// <param name="index">Finds the titles.</param>
    /// <param name="vectors">Gives viewers their vectors.</param>
    /// <exception cref="ArgumentException">Index and vectors have different dimensions, or more than 1,024.</exception>
    public void Publish(IFactorIndex index, IViewerVector vectors) => Volatile.Write(ref _model, Checked(index, vectors));

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        Model model = Volatile.Read(ref _model);
        Span<float> vector = stackalloc float[model.Index.Dimensions];
        if (!model.Vectors.TryRead(request, vector))
        {
            return 0;
        }

        Span<HistoryEntry> seen = stackalloc HistoryEntry[MaxSeen];
        seen = seen[..(_seen is not null && request.Features.MayPersonalise ? _seen.Read(request.Features.Viewer, seen) : 0)];
        int wanted = Math.Min(destination.Length + seen.Length, IFactorIndex.MaxTop);
        Span<ScoredItem> best = stackalloc ScoredItem[wanted];
        int found = model.Index.Top(vector, best);
        int count = 0;
        foreach (ref readonly ScoredItem item in best[..found])
        {
            TitleId title = model.Index.Titles[item.Item];
            if (count < destination.Length && !HistoryEntry.Holds(seen, title))
            {
                destination[count++] = title;
            }
        }

        return count;
    }

    private static Model Checked(IFactorIndex index, IViewerVector vectors)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(vectors);
        return index.Dimensions == vectors.Dimensions && index.Dimensions <= MaxDimensions
            ? new Model(index, vectors)
            : throw new ArgumentException(
                $"The titles have {index.Dimensions} dimensions, the viewers {vectors.Dimensions}: the same, at most {MaxDimensions}.",
                nameof(vectors));
    }

    private sealed record Model(IFactorIndex Index, IViewerVector Vectors);
}
