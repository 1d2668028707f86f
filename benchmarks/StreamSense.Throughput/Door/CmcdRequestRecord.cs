using System.Collections.Specialized;
using System.Globalization;
using System.Web;

namespace StreamSense.Throughput.Door;

/// <summary>CMCD of a request as a user would read it by hand: the query split into keys, each converted to its type.</summary>
internal sealed class CmcdRequestRecord
{
    public int Bitrate { get; private set; }

    public int BufferLength { get; private set; }

    public int Duration { get; private set; }

    public int Deadline { get; private set; }

    public int Throughput { get; private set; }

    public int TopBitrate { get; private set; }

    public int RequestedThroughput { get; private set; }

    public string? SessionId { get; private set; }

    public string? ContentId { get; private set; }

    public string? NextObject { get; private set; }

    public string? ObjectType { get; private set; }

    public string? StreamingFormat { get; private set; }

    public string? StreamType { get; private set; }

    public bool IsStartup { get; private set; }

    public bool IsStarved { get; private set; }

    public static CmcdRequestRecord Parse(string query)
    {
        NameValueCollection arguments = HttpUtility.ParseQueryString(query);
        var record = new CmcdRequestRecord();
        foreach (string member in (arguments["CMCD"] ?? "").Split(','))
        {
            int equals = member.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? member : member[..equals];
            record.Set(key, equals < 0 ? "" : member[(equals + 1)..]);
        }

        return record;
    }

    private static int Number(string value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);

    private void Set(string key, string value)
    {
        switch (key)
        {
            case "br": Bitrate = Number(value); break;
            case "bl": BufferLength = Number(value); break;
            case "d": Duration = Number(value); break;
            case "dl": Deadline = Number(value); break;
            case "mtp": Throughput = Number(value); break;
            case "tb": TopBitrate = Number(value); break;
            case "rtp": RequestedThroughput = Number(value); break;
            case "sid": SessionId = value.Trim('"'); break;
            case "cid": ContentId = value.Trim('"'); break;
            case "nor": NextObject = value.Trim('"'); break;
            case "ot": ObjectType = value; break;
            case "sf": StreamingFormat = value; break;
            case "st": StreamType = value; break;
            case "su": IsStartup = true; break;
            case "bs": IsStarved = true; break;
        }
    }
}
