using System.Globalization;
using System.Text;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>Which cell of a row is what, and how cells are told apart.</summary>
internal sealed record RatingColumns
{
    private static readonly string[] UserNames =
        ["userid", "user", "uid", "viewerid", "viewer", "profileid", "profile", "customerid", "customer", "accountid", "account",
            "memberid", "member", "reviewerid", "u"];

    private static readonly string[] ItemNames =
        ["itemid", "item", "iid", "movieid", "titleid", "videoid", "showid", "contentid", "productid", "songid", "trackid", "bookid",
            "asin", "imdbid", "movie", "title", "video", "show", "content", "product", "imdb", "song", "track", "book", "i"];

    private static readonly string[] ValueNames = ["rating", "ratings", "value", "score", "stars", "label", "preference", "r"];

    private static readonly string[] TimeNames =
        ["timestamp", "time", "ts", "unixtime", "date", "datetime", "ratedat", "createdat", "ratingtimestamp", "ratingtime", "ratingdate",
            "reviewtime", "unixreviewtime", "reviewdate", "eventtime", "watchedat", "viewedat", "t"];

    /// <summary>The column of users, by name or number from 0; null to find it.</summary>
    public string? User { get; init; }

    /// <summary>The column of items, by name or number from 0; null to find it.</summary>
    public string? Item { get; init; }

    /// <summary>The column of ratings, by name or number from 0; null to find it.</summary>
    public string? Rating { get; init; }

    /// <summary>The column of times, by name or number from 0; null to find it.</summary>
    public string? Time { get; init; }

    /// <summary>What stands between cells; null to find it.</summary>
    public string? Separator { get; init; }

    /// <summary>Whether the first line names the columns; null to find it.</summary>
    public bool? Header { get; init; }

    /// <summary>Finds what is not told, by the first line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="file">How the file is called.</param>
    /// <exception cref="InputException">A column that was named is not there, or no column can be that of users or items.</exception>
    public RatingPlaces PlacesIn(string line, string file)
    {
        string separator = Separator ?? SeparatorOf(line);
        var cells = new List<string>();
        RatingCells.Split(line, separator, cells);
        string[] names = [.. cells.Select(Plain)];
        bool header = Header ?? (IsNamed(names) || IsTold(User, names) || IsTold(Item, names));
        int user = PlaceOf(User, names, header, UserNames, 0, cells, file);
        int item = PlaceOf(Item, names, header, ItemNames, 1, cells, file);
        if (Header is null && Item is null && item < 0 && user == 0 && names.Length > 1
            && IndexOf(names, ValueNames) != 1 && IndexOf(names, TimeNames) != 1)
        {
            // A header that calls items something of its own, in the order that everybody uses: user, film, rating.
            item = 1;
        }

        if (user < 0 || item < 0 || user == item)
        {
            throw new InputException(
                $"{file}: no column of {(user < 0 ? "users" : "items")} among {string.Join(", ", cells)}; name it with --map");
        }

        int value = PlaceOf(Rating, names, header, ValueNames, 2, cells, file);
        int time = PlaceOf(Time, names, header, TimeNames, 3, cells, file);
        int last = header ? int.MaxValue : cells.Count - 1;
        return new RatingPlaces(separator, header, user, item, value <= last ? value : -1, time <= last ? time : -1);
    }

    private static string SeparatorOf(string line)
    {
        foreach (string separator in (ReadOnlySpan<string>)["::", "\t", ",", ";", "|"])
        {
            if (line.Contains(separator, StringComparison.Ordinal))
            {
                return separator;
            }
        }

        return " ";
    }

    // Names of users and items, or of one of them and of ratings: what stands in a row of ratings is no such word.
    private static bool IsNamed(string[] names)
    {
        bool hasUser = IndexOf(names, UserNames) >= 0;
        bool hasItem = IndexOf(names, ItemNames) >= 0;
        return (hasUser && hasItem) || ((hasUser || hasItem) && IndexOf(names, ValueNames) >= 0);
    }

    // userId, user_id, "User ID" and user_id:token (a name and its type) are one.
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        int type = name.IndexOf(':', StringComparison.Ordinal);
        foreach (char c in type > 0 ? name[..type] : name)
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }

    private static bool IsTold(string? column, string[] names) =>
        column is not null && !TryNumber(column, out _) && Array.IndexOf(names, Plain(column)) >= 0;

    // "0" is the first column, and so is "#1", as mappings write it.
    private static bool TryNumber(string column, out int place)
    {
        bool isFromOne = column.StartsWith('#');
        bool isNumber = int.TryParse(column.AsSpan(isFromOne ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out place);
        place -= isFromOne ? 1 : 0;
        return isNumber && place >= 0;
    }

    private static int IndexOf(string[] names, string[] known)
    {
        foreach (string name in known)
        {
            int place = Array.IndexOf(names, name);
            if (place >= 0)
            {
                return place;
            }
        }

        return -1;
    }

    private static int PlaceOf(
        string? column, string[] names, bool header, string[] known, int usual, List<string> cells, string file)
    {
        if (column is null)
        {
            return header ? IndexOf(names, known) : usual;
        }

        if (TryNumber(column, out int number) && number < names.Length)
        {
            return number;
        }

        int named = header ? Array.IndexOf(names, Plain(column)) : -1;
        return named >= 0
            ? named
            : throw new InputException($"{file}: there is no column '{column}' among {names.Length} ({string.Join(", ", cells)})");
    }
}
