using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>The episodes of all series, in order.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class EpisodeOrder
{
    private static readonly Comparer<CatalogueTitle> _byNumber = Comparer<CatalogueTitle>.Create(CompareNumbers);

    private readonly CatalogueTitle[] _episodes;

    private EpisodeOrder(CatalogueTitle[] episodes) => _episodes = episodes;

    /// <summary>Puts the episodes of a catalogue in order.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public static EpisodeOrder Of(Catalogue catalogue)
    {
        var episodes = new List<CatalogueTitle>();
        int count = catalogue.Count;
        for (int i = 0; i < count; i++)
        {
            if (catalogue[i] is { Series.IsNone: false, Episode: not null } episode)
            {
                episodes.Add(episode);
            }
        }

        // Of two rows of one episode (cuts, say) the one with the lower id stands for both.
        episodes.Sort((left, right) => CompareNumbers(left, right) is var order and not 0
            ? order
            : left.Id.Value.CompareTo(right.Id.Value));
        return new EpisodeOrder([.. episodes]);
    }

    /// <summary>The episode after another one; null if it is the last of its series.</summary>
    /// <param name="episode">An episode.</param>
    public CatalogueTitle? After(CatalogueTitle episode)
    {
        int place = Array.BinarySearch(_episodes, episode, _byNumber);
        for (place = place < 0 ? ~place : place; place < _episodes.Length; place++)
        {
            CatalogueTitle next = _episodes[place];
            if (next.Series != episode.Series)
            {
                return null;
            }

            if (CompareNumbers(next, episode) > 0)
            {
                return next;
            }
        }

        return null;
    }

    private static int CompareNumbers(CatalogueTitle left, CatalogueTitle right)
    {
        int order = left.Series.Value.CompareTo(right.Series.Value);
        order = order != 0 ? order : (left.Season ?? 0).CompareTo(right.Season ?? 0);
        return order != 0 ? order : (left.Episode ?? 0).CompareTo(right.Episode ?? 0);
    }
}
