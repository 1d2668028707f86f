namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>A member of an event, by the number that stands for it in a batch.</summary>
/// <remarks>
/// The members of the public schema, under their names there; numbers never change and are never given again. A name that ends in
/// <c>Ms</c> counts milliseconds, with a fraction where there is one.
/// </remarks>
public enum EventMember : byte
{
    /// <summary>No member.</summary>
    None = 0,

    /// <summary>The kind, as the number of an <see cref="Events.EventKind"/> or its name.</summary>
    Kind = 1,

    /// <summary>When it happened by the sender's clock.</summary>
    Time = 2,

    /// <summary>The unique id of the event.</summary>
    Id = 3,

    /// <summary>Order within source and view, one more for each event.</summary>
    Seq = 4,

    /// <summary>When the sender sent it.</summary>
    Sent = 5,

    /// <summary>When it was received.</summary>
    Received = 6,

    /// <summary>The producer, for example <c>web</c>.</summary>
    Source = 7,

    /// <summary>The viewer's id.</summary>
    Viewer = 8,

    /// <summary>The household's id.</summary>
    Household = 9,

    /// <summary>The device's id.</summary>
    Device = 10,

    /// <summary>The playback session's id.</summary>
    View = 11,

    /// <summary>The id of the visit of the app.</summary>
    Visit = 12,

    /// <summary>The catalogue id of the title.</summary>
    Title = 13,

    /// <summary>The country.</summary>
    Country = 14,

    /// <summary>The CDN.</summary>
    Cdn = 15,

    /// <summary>The autonomous system.</summary>
    Asn = 16,

    /// <summary>The internet provider.</summary>
    Isp = 17,

    /// <summary>The kind of device.</summary>
    DeviceKind = 18,

    /// <summary>The app and its version.</summary>
    App = 19,

    /// <summary>Where it was shown.</summary>
    Surface = 20,

    /// <summary>The row in which it was shown.</summary>
    Row = 21,

    /// <summary>The place in the row.</summary>
    Position = 22,

    /// <summary>The id of the ranking request.</summary>
    Request = 23,

    /// <summary>The experiment variants: an object of texts.</summary>
    Variants = 24,

    /// <summary>The purposes granted.</summary>
    Consent = 25,

    /// <summary>How many events this one stands for.</summary>
    Weight = 26,

    /// <summary>The schema version.</summary>
    V = 27,

    /// <summary>The probability with which the policy chose it, 0 to 1.</summary>
    Propensity = 28,

    /// <summary>The model that ranked.</summary>
    Model = 29,

    /// <summary>The policy that chose.</summary>
    Policy = 30,

    /// <summary>The offer.</summary>
    Offer = 31,

    /// <summary>How long it was visible.</summary>
    VisibleMs = 32,

    /// <summary>What was searched for.</summary>
    Query = 33,

    /// <summary>How many results a search had.</summary>
    Results = 34,

    /// <summary>The list to which a title was added.</summary>
    List = 35,

    /// <summary>The value of a rating, on its scale.</summary>
    Value = 36,

    /// <summary>The scale of a rating.</summary>
    Scale = 37,

    /// <summary>What a reaction was.</summary>
    Action = 38,

    /// <summary>The social network.</summary>
    Network = 39,

    /// <summary>The position in the title.</summary>
    PlayheadMs = 40,

    /// <summary>Whether nobody asked for the playback.</summary>
    Autoplay = 41,

    /// <summary>Whether the playback was only prepared.</summary>
    Preload = 42,

    /// <summary>Whether the title is live.</summary>
    Live = 43,

    /// <summary>The player's own figure of its start.</summary>
    StartupMs = 44,

    /// <summary>Why it buffered, or ended: the values depend on the kind.</summary>
    Reason = 45,

    /// <summary>How long it took.</summary>
    DurationMs = 46,

    /// <summary>The bitrate.</summary>
    BitrateKbps = 47,

    /// <summary>The width of the picture in pixels.</summary>
    Width = 48,

    /// <summary>The height of the picture in pixels.</summary>
    Height = 49,

    /// <summary>Video, audio, or both.</summary>
    MediaType = 50,

    /// <summary>The playback rate, 1 for normal.</summary>
    Rate = 51,

    /// <summary>The state of the player.</summary>
    State = 52,

    /// <summary>The interval of heartbeats.</summary>
    IntervalMs = 53,

    /// <summary>How much is buffered.</summary>
    BufferMs = 54,

    /// <summary>How many frames were dropped.</summary>
    DroppedFrames = 55,

    /// <summary>How far behind the live edge it plays.</summary>
    LiveLatencyMs = 56,

    /// <summary>Whether the player is in the background.</summary>
    Background = 57,

    /// <summary>Which track changed.</summary>
    Track = 58,

    /// <summary>The language.</summary>
    Language = 59,

    /// <summary>The code of an error.</summary>
    Code = 60,

    /// <summary>How bad an error is.</summary>
    Severity = 61,

    /// <summary>Whether an error is technical.</summary>
    Category = 62,

    /// <summary>What an error says.</summary>
    Message = 63,

    /// <summary>What was requested, as CMCD spells it.</summary>
    ObjectType = 64,

    /// <summary>The status of the response.</summary>
    Status = 65,

    /// <summary>The time to the first byte.</summary>
    TtfbMs = 66,

    /// <summary>The time to the last byte.</summary>
    TtlbMs = 67,

    /// <summary>How many bytes were sent.</summary>
    Bytes = 68,

    /// <summary>Whether the cache had it.</summary>
    CacheStatus = 69,

    /// <summary>The measured throughput.</summary>
    ThroughputKbps = 70,

    /// <summary>Whether it was needed to start.</summary>
    Startup = 71,

    /// <summary>Whether the buffer ran dry.</summary>
    Starved = 72,

    /// <summary>The id of an ad break.</summary>
    Break = 73,

    /// <summary>Where an ad break stands.</summary>
    Placement = 74,

    /// <summary>The id of an ad.</summary>
    Ad = 75,

    /// <summary>How much of an ad was played, 0 to 100.</summary>
    Percent = 76,

    /// <summary>The plan of a subscription.</summary>
    Plan = 77,

    /// <summary>An amount of money.</summary>
    Amount = 78,

    /// <summary>Its currency.</summary>
    Currency = 79,

    /// <summary>When the paid period ends.</summary>
    PeriodEnd = 80,

    /// <summary>The channel of a message.</summary>
    Channel = 81,

    /// <summary>The campaign of a message.</summary>
    Campaign = 82,

    /// <summary>The id of a post.</summary>
    Post = 83,

    /// <summary>How positive a mention is, -1 to 1.</summary>
    Polarity = 84,

    /// <summary>What a mention says.</summary>
    Text = 85,

    /// <summary>How many likes a mention has.</summary>
    Likes = 86,

    /// <summary>How many replies a mention has.</summary>
    Replies = 87,

    /// <summary>How often a mention was shared.</summary>
    Shares = 88,

    /// <summary>How certain the polarity is, 0 to 1.</summary>
    Confidence = 89,

    /// <summary>What a contact was about.</summary>
    Topic = 90,

    /// <summary>The type of a title.</summary>
    Type = 91,

    /// <summary>The name of a title, or of a custom event.</summary>
    Name = 92,

    /// <summary>The catalogue id of the series.</summary>
    Series = 93,

    /// <summary>The number of the season.</summary>
    Season = 94,

    /// <summary>The number of the episode.</summary>
    Episode = 95,

    /// <summary>The genres of a title.</summary>
    Genres = 96,

    /// <summary>The moods of a title.</summary>
    Moods = 97,

    /// <summary>Who plays in a title.</summary>
    Cast = 98,

    /// <summary>The languages of a title.</summary>
    Languages = 99,

    /// <summary>When a title was published.</summary>
    Published = 100,

    /// <summary>For which age a title is rated.</summary>
    Maturity = 101,

    /// <summary>From when a title may be shown.</summary>
    AvailableFrom = 102,

    /// <summary>Until when a title may be shown.</summary>
    AvailableUntil = 103,

    /// <summary>Where a title may be shown.</summary>
    Countries = 104,

    /// <summary>The version of the cut.</summary>
    Edit = 105,

    /// <summary>Since when a viewer is known.</summary>
    Since = 106,

    /// <summary>Whether a profile is a child's.</summary>
    Kids = 107,

    /// <summary>What else is known of a viewer: an object.</summary>
    Attributes = 108,

    /// <summary>What a custom event carries: an object.</summary>
    Fields = 109,

    /// <summary>By how much the sender's clock was corrected; only in what the SDK wrote.</summary>
    CorrectionMs = 110,

    /// <summary>How an event travels; only in what the SDK wrote.</summary>
    Marks = 111,
}
