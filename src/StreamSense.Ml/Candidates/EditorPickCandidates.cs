using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes what an editor chose, in the editor's order.</summary>
/// <remarks>The list is replaced as a whole while requests go on. A pick for one country is not proposed to a request that names
/// none.</remarks>
public sealed class EditorPickCandidates : ICandidateSource
{
    private readonly Vocabulary _vocabulary;
    private Pick[] _picks = [];

    /// <summary>Creates a source.</summary>
    /// <param name="vocabulary">The vocabulary of the requests.</param>
    /// <param name="picks">What the editor chose.</param>
    public EditorPickCandidates(Vocabulary vocabulary, params ReadOnlySpan<EditorPick> picks)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
        Publish(picks);
    }

    /// <summary>Replaces the list.</summary>
    /// <param name="picks">What the editor chose.</param>
    public void Publish(params ReadOnlySpan<EditorPick> picks)
    {
        var next = new Pick[picks.Length];
        for (int i = 0; i < picks.Length; i++)
        {
            next[i] = new Pick(picks[i], _vocabulary.Surfaces.Intern(picks[i].OnlyOn), _vocabulary.Countries.Intern(picks[i].OnlyIn));
        }

        Volatile.Write(ref _picks, next);
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        int count = 0;
        EventTime now = request.Features.Time;
        foreach (Pick pick in Volatile.Read(ref _picks))
        {
            if (count == destination.Length)
            {
                break;
            }

            bool fits = (pick.OnlyOn.IsNone || pick.OnlyOn == request.Features.Surface)
                && (pick.OnlyIn.IsNone || pick.OnlyIn == request.Country)
                && (pick.Choice.From is not { } from || from <= now)
                && (pick.Choice.Until is not { } until || now < until);
            if (fits && !destination[..count].Contains(pick.Choice.Title))
            {
                destination[count++] = pick.Choice.Title;
            }
        }

        return count;
    }

    private sealed record Pick(EditorPick Choice, Symbol OnlyOn, Symbol OnlyIn);
}
