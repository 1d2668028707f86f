using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>How access logs are read.</summary>
/// <remarks>Read when a translator is made; later changes have no effect on it.</remarks>
public sealed class AccessLogOptions
{
    /// <summary>The longest silence within a visit of a device.</summary>
    /// <value>30 minutes. Above zero, at most a day.</value>
    public TimeSpan VisitGap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How many devices are remembered; beyond it the one not seen for longest is forgotten, and is a new one if it returns.
    /// </summary>
    /// <value>65,536 (at most 6 MB, taken as needed). At least 1, at most 16 Mi.</value>
    public int MaxDevices { get; set; } = 65_536;

    /// <summary>
    /// How many different lines are remembered, for counting how often the very same one stands in a body; beyond it the one not seen for
    /// longest is forgotten. Lines say their second, so that equal ones stand near each other.
    /// </summary>
    /// <value>65,536 (at most 2 MB, taken as needed). At least 1, at most 16 Mi.</value>
    public int MaxLines { get; set; } = 65_536;

    /// <summary>What becomes of the requests of bots.</summary>
    /// <value><see cref="BotPolicy.Keep"/>.</value>
    public BotPolicy Bots { get; set; } = BotPolicy.Keep;

    /// <summary>How many of a hundred requests the log was told to sample; each line then stands for as many more.</summary>
    /// <value>100: all of them. Above 0, at most 100.</value>
    public double SamplingPercent { get; set; } = 100;

    /// <summary>Says the country and network of a client's address, where the log does not.</summary>
    /// <value>Null: they stay unknown.</value>
    public IAddressLookup? Addresses { get; set; }

    /// <summary>The names of the fields of a CloudFront real-time log, in the order of its configuration.</summary>
    /// <value>
    /// Null: the documented order of all fields, or of all that there were at the time; which, the number of values says.
    /// </value>
    public IReadOnlyList<string>? RealtimeFields { get; set; }

    internal AccessLogOptions Copy() => (AccessLogOptions)MemberwiseClone();

    internal static void Validate(AccessLogOptions options)
    {
        const int MostPlaces = 16 * 1024 * 1024;
        Check(options.VisitGap > TimeSpan.Zero && options.VisitGap <= TimeSpan.FromDays(1), options.VisitGap, nameof(VisitGap));
        Check(options.MaxDevices is >= 1 and <= MostPlaces, options.MaxDevices, nameof(MaxDevices));
        Check(options.MaxLines is >= 1 and <= MostPlaces, options.MaxLines, nameof(MaxLines));
        Check(options.SamplingPercent is > 0 and <= 100, options.SamplingPercent, nameof(SamplingPercent));
        Check(Enum.IsDefined(options.Bots), options.Bots, nameof(Bots));
    }

    private static void Check(bool isInRange, object value, string name)
    {
        if (!isInRange)
        {
            throw new ArgumentOutOfRangeException(nameof(AccessLogOptions), value, name + " lies outside its range.");
        }
    }
}
