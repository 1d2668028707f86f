namespace StreamSense.Core.Ingest.Json;

/// <summary>A member of a record that the schema knows. The text form is the member's name in camelCase.</summary>
internal enum JsonField : byte
{
    // The envelope.
    Kind, Time, Id, Seq, Sent, Received, Source, Viewer, Household, Device, View, Visit, Title, Country, Cdn, Asn, Isp, DeviceKind,
    App, Surface, Row, Position, Request, Variants, Consent, Weight, V,

    // What the kinds add.
    Propensity, Model, Policy, Offer, VisibleMs, Query, Results, List, Value, Scale, Action, Network, PlayheadMs, Autoplay,
    Preload, Live, StartupMs, Reason, DurationMs, BitrateKbps, Width, Height, MediaType, Rate, State, IntervalMs, BufferMs,
    DroppedFrames, LiveLatencyMs, Background, Track, Language, Code, Severity, Category, Message, ObjectType, Status, TtfbMs,
    TtlbMs, Bytes, CacheStatus, ThroughputKbps, Startup, Starved, Break, Placement, Ad, Percent, Plan, Amount, Currency, PeriodEnd,
    Channel, Campaign, Post, Polarity, Text, Likes, Replies, Shares, Confidence, Topic, Type, Name, Series, Season, Episode,
    Genres, Moods, Cast, Languages, Published, Maturity, AvailableFrom, AvailableUntil, Countries, Edit, Since, Kids, Attributes,
    Fields,

    // Only in what the SDK wrote itself; see NdjsonEncoder.
    CorrectionMs, Marks, JoinsSince,

    // How many there are.
    Count,
}
