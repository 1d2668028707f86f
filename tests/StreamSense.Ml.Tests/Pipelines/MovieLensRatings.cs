using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>The ratings in order of time, and of each user the last ones kept back.</summary>
internal sealed class MovieLensRatings
{
    private readonly int[] _places;

    private MovieLensRatings(RatingLine[] lines, int[] places, int users, ImmutableArray<TitleId> titles)
    {
        Lines = lines;
        _places = places;
        Users = users;
        Titles = titles;
    }

    /// <summary>The ratings, the earliest first.</summary>
    public RatingLine[] Lines { get; }

    public int Users { get; }

    /// <summary>The title of each item.</summary>
    public ImmutableArray<TitleId> Titles { get; }

    public static MovieLensRatings Read(string path)
    {
        string[] texts = [.. File.ReadLines(path).Skip(1)];
        string[][] cells = [.. texts.Select(text => text.Split(','))];
        string[] users = [.. cells.Select(cell => cell[0]).Distinct()];
        string[] movies = [.. cells.Select(cell => cell[1]).Distinct()];
        Dictionary<string, int> userOf = Number(users);
        Dictionary<string, int> itemOf = Number(movies);
        RatingLine[] lines = [.. texts
            .Select((text, i) => new RatingLine(
                text, userOf[cells[i][0]], cells[i][0], itemOf[cells[i][1]], long.Parse(cells[i][3], CultureInfo.InvariantCulture)))
            .OrderBy(line => line.Seconds)];

        // How far from the user's end each one is, as a share of the user's ratings, is all that the cuts need.
        var counts = new int[users.Length];
        int[] places = [.. lines.Select(line => counts[line.User]++)];
        return new MovieLensRatings(lines, places, users.Length, [.. movies.Select(movie => NameTable.IdOf(movie))]);
    }

    /// <summary>Keeps back the last fifth of each user's ratings, at least one; a user with one rating keeps it.</summary>
    public (MovieLensRatings Train, ILookup<int, TitleId> Test) KeepLastFifth()
    {
        var counts = new int[Users];
        foreach (RatingLine line in Lines)
        {
            counts[line.User]++;
        }

        bool IsTrain(int i) => counts[Lines[i].User] is var count && _places[i] < Math.Max(1, count - Math.Max(1, count / 5));
        int[] train = [.. Enumerable.Range(0, Lines.Length).Where(IsTrain)];
        return (
            new MovieLensRatings([.. train.Select(i => Lines[i])], [.. train.Select(i => _places[i])], Users, Titles),
            Enumerable.Range(0, Lines.Length).Where(i => !IsTrain(i)).ToLookup(i => Lines[i].User, i => Titles[Lines[i].Item]));
    }

    /// <summary>The last rating of each user.</summary>
    public HashSet<int> LastOfUsers() =>
        [.. Enumerable.Range(0, Lines.Length).GroupBy(i => Lines[i].User).Select(group => group.Last())];

    public InteractionMatrix ToMatrix() => new(
        Users, Titles.Length, Lines.Select(line => new Interaction(line.User, line.Item, 1, line.Time)));

    private static Dictionary<string, int> Number(string[] names) =>
        names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
}
