using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>How CMCD event mode is read.</summary>
/// <remarks>Read when <see cref="CmcdSessions"/> is made; later changes have no effect on it.</remarks>
public sealed class CmcdOptions
{
    /// <summary>The longest record, in bytes, that is looked at; a longer one is refused as <see cref="RejectReason.TooLarge"/>.</summary>
    /// <value>16,384. At least 256, at most 1 Mi.</value>
    public int MaxRecordBytes { get; set; } = 16 * 1024;

    /// <summary>How many playback sessions (<c>sid</c>) are remembered; then the one not heard of for longest is forgotten.</summary>
    /// <value>65,536. At least 1.</value>
    public int MaxSessions { get; set; } = 65_536;

    /// <summary>How many records, over all sessions, may wait for one that was sent earlier and has not come yet.</summary>
    /// <value>8,192. At least 1.</value>
    public int MaxHeldRecords { get; set; } = 8_192;

    /// <summary>How many records of one session may wait; one more and the missing ones are given up.</summary>
    /// <value>32. At least 1.</value>
    public int MaxHeldPerSession { get; set; } = 32;

    /// <summary>How long records wait for one that was sent earlier and has not come yet, by the host's clock.</summary>
    /// <value>2 seconds. At least zero.</value>
    public TimeSpan GapTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The purposes that events grant, as CMCD says nothing about consent; a request may say otherwise.</summary>
    /// <value>Measurement and personalisation.</value>
    public ConsentPurposes DefaultConsent { get; set; } = ConsentPurposes.Measurement | ConsentPurposes.Personalisation;

    /// <summary>Whether a record that RFC 8941 forbids is refused, though its structure is whole: long decimals, letters beyond ASCII,
    /// capitals in the names of custom keys.</summary>
    /// <value>False: real players send all of these.</value>
    public bool Strict { get; set; }

    internal CmcdOptions Copy() => (CmcdOptions)MemberwiseClone();

    internal static void Validate(CmcdOptions options)
    {
        string? wrong =
            options.MaxRecordBytes is < 256 or > 1024 * 1024 ? nameof(MaxRecordBytes)
            : options.MaxSessions < 1 ? nameof(MaxSessions)
            : options.MaxHeldRecords < 1 ? nameof(MaxHeldRecords)
            : options.MaxHeldPerSession < 1 ? nameof(MaxHeldPerSession)
            : options.GapTimeout < TimeSpan.Zero ? nameof(GapTimeout)
            : (options.DefaultConsent & ~ConsentPurposes.All) != 0 ? nameof(DefaultConsent)
            : null;
        if (wrong is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"{wrong} lies outside its range.");
        }
    }
}
