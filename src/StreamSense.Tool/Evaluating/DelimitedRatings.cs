using System.Globalization;
using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Tool.Evaluating;

/// <summary>Reads ratings from lines of cells.</summary>
internal sealed class DelimitedRatings(RatingColumns columns, RatingIds ids, RatingFile into)
{
    private const int LongestLine = 1 << 16;

    // Seconds, milliseconds, microseconds and nanoseconds of this century and the last are told apart by their size.
    private const double MostSeconds = 1e11;
    private const double MostMilliseconds = 1e14;
    private const double MostMicroseconds = 1e17;

    private readonly List<string> _cells = [];
    private readonly List<byte> _line = [];
    private RatingPlaces? _places;
    private long _lineNumber;

    /// <summary>Takes a part of the file.</summary>
    /// <param name="chunk">The part.</param>
    public void Take(ReadOnlySpan<byte> chunk)
    {
        while (true)
        {
            int end = chunk.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? chunk : chunk[..end];
            _line.AddRange(part[..Math.Min(part.Length, Math.Max(0, LongestLine + 1 - _line.Count))]);
            if (end < 0)
            {
                return;
            }

            Complete();
            chunk = chunk[(end + 1)..];
        }
    }

    /// <summary>Takes the last line, where the file does not end with one.</summary>
    public void Complete()
    {
        _lineNumber++;
        string line = Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_line)).Trim('\r', '\uFEFF');
        bool isTooLong = _line.Count > LongestLine;
        _line.Clear();
        if (isTooLong)
        {
            into.Records++;
            Reject("TooLong", "the line is longer than 64 KiB");
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            TakeLine(line);
        }
    }

    private static bool TryReadTime(string text, out EventTime time)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            double size = Math.Abs(number);
            double factor = size < MostSeconds ? 1e6 : size < MostMilliseconds ? 1e3 : size < MostMicroseconds ? 1 : 1e-3;
            time = new EventTime((long)Math.Clamp(number * factor, long.MinValue / 2.0, long.MaxValue / 2.0));
            return true;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        bool isRead = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset instant);
        time = isRead ? EventTime.From(instant) : default;
        return isRead;
    }

    // Tables of floating-point numbers write 7 as 7.0: one id, in whichever of the files.
    private static ReadOnlySpan<char> Whole(ReadOnlySpan<char> id)
    {
        int point = id.IndexOf('.');
        bool isWhole = point > 0 && point < id.Length - 1
            && !id[..point].ContainsAnyExceptInRange('0', '9') && !id[(point + 1)..].ContainsAnyExcept('0');
        return isWhole ? id[..point] : id;
    }

    private void TakeLine(string line)
    {
        if (_places is null)
        {
            _places = columns.PlacesIn(line, into.Name);
            if (_places.Header)
            {
                return;
            }
        }

        into.Records++;
        RatingCells.Split(line, _places.Separator, _cells);
        if (_cells.Count <= Math.Max(_places.User, _places.Item))
        {
            Reject("TooFewColumns", $"{_cells.Count} columns are too few");
            return;
        }

        string user = _cells[_places.User];
        string item = _cells[_places.Item];
        float value = 1;
        EventTime time = default;
        if (user.Length == 0 || item.Length == 0)
        {
            Reject("NoId", "the user or the item is empty");
        }
        else if (Cell(_places.Value) is { Length: > 0 } rating
            && !(float.TryParse(rating, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value)))
        {
            Reject("InvalidRating", $"'{rating}' is no rating");
        }
        else if (Cell(_places.Time) is { Length: > 0 } at && !TryReadTime(at, out time))
        {
            Reject("InvalidTime", $"'{at}' is no time");
        }
        else
        {
            into.Rows.Add(new RatingRow(ids.UserOf(Whole(user)), ids.ItemOf(Whole(item)), value, float.NaN, time, IsPlay: false));
        }
    }

    private string? Cell(int place) => place >= 0 && place < _cells.Count ? _cells[place] : null;

    private void Reject(string reason, string why)
    {
        into.Reject(reason);
        into.Note(string.Create(CultureInfo.InvariantCulture, $"line {_lineNumber}: {why}"));
    }
}
