namespace StreamSense.Core.Events;

/// <summary>What happened. The text form is the member's name in snake_case.</summary>
public enum EventKind : byte
{
    /// <summary>No event: the value of a cleared slot.</summary>
    None = 0,

    /// <summary>What a ranking chose; written by the SDK.</summary>
    Decision = 1,

    /// <summary>What a person saw; written by the client.</summary>
    Impression = 2,

    /// <summary>A title or offer was clicked.</summary>
    Click = 3,

    /// <summary>The detail page of a title or offer was opened.</summary>
    DetailView = 4,

    /// <summary>A search was made.</summary>
    Search = 5,

    /// <summary>A title was put on a list.</summary>
    ListAdd = 6,

    /// <summary>A title was taken off a list.</summary>
    ListRemove = 7,

    /// <summary>A viewer rated a title.</summary>
    Rating = 8,

    /// <summary>A viewer reacted to a title.</summary>
    Reaction = 9,

    /// <summary>A viewer shared a title.</summary>
    Share = 10,

    /// <summary>A viewer commented on a title.</summary>
    Comment = 11,

    /// <summary>A viewer (or autoplay) asked for playback.</summary>
    PlaybackRequest = 12,

    /// <summary>The first content frame of a view was shown.</summary>
    PlaybackStart = 13,

    /// <summary>Playback was paused by the viewer.</summary>
    Pause = 14,

    /// <summary>Playback was resumed.</summary>
    Resume = 15,

    /// <summary>A seek began.</summary>
    SeekStart = 16,

    /// <summary>A seek ended.</summary>
    SeekEnd = 17,

    /// <summary>The player began to wait for data.</summary>
    BufferStart = 18,

    /// <summary>The player stopped waiting for data.</summary>
    BufferEnd = 19,

    /// <summary>Another rendition came into force.</summary>
    BitrateChange = 20,

    /// <summary>The playback rate changed.</summary>
    RateChange = 21,

    /// <summary>The player says how it is, at intervals.</summary>
    Heartbeat = 22,

    /// <summary>The player went to the background or came back.</summary>
    Visibility = 23,

    /// <summary>An audio or subtitle track was chosen.</summary>
    TrackChange = 24,

    /// <summary>The player switched to another CDN.</summary>
    CdnChange = 25,

    /// <summary>Something went wrong.</summary>
    Error = 26,

    /// <summary>The view ended.</summary>
    PlaybackEnd = 27,

    /// <summary>A segment, manifest or other object was requested.</summary>
    MediaRequest = 28,

    /// <summary>An ad break began.</summary>
    AdBreakStart = 29,

    /// <summary>An ad break ended.</summary>
    AdBreakEnd = 30,

    /// <summary>An ad began.</summary>
    AdStart = 31,

    /// <summary>An ad reached a quartile.</summary>
    AdQuartile = 32,

    /// <summary>An ad was shown in full.</summary>
    AdComplete = 33,

    /// <summary>An ad was skipped.</summary>
    AdSkip = 34,

    /// <summary>An ad was clicked.</summary>
    AdClick = 35,

    /// <summary>A trial began.</summary>
    TrialStarted = 36,

    /// <summary>A trial became a paid subscription.</summary>
    TrialConverted = 37,

    /// <summary>A subscription began.</summary>
    SubscriptionStarted = 38,

    /// <summary>A subscription was renewed.</summary>
    SubscriptionRenewed = 39,

    /// <summary>A subscription will not be renewed.</summary>
    SubscriptionCancelled = 40,

    /// <summary>A subscription or trial ended.</summary>
    SubscriptionExpired = 41,

    /// <summary>A subscription was paused.</summary>
    SubscriptionPaused = 42,

    /// <summary>A subscriber changed the plan.</summary>
    PlanChanged = 43,

    /// <summary>A payment failed.</summary>
    BillingIssue = 44,

    /// <summary>A payment was returned.</summary>
    Refunded = 45,

    /// <summary>A message was sent to a viewer.</summary>
    MessageSent = 46,

    /// <summary>A message was opened.</summary>
    MessageOpened = 47,

    /// <summary>A message was clicked.</summary>
    MessageClicked = 48,

    /// <summary>A message was dismissed.</summary>
    MessageDismissed = 49,

    /// <summary>A title was mentioned on a social network.</summary>
    SocialMention = 50,

    /// <summary>A viewer changed the purposes granted.</summary>
    ConsentChange = 51,

    /// <summary>A viewer contacted support.</summary>
    SupportContact = 52,

    /// <summary>A viewer logged in on a device.</summary>
    Login = 53,

    /// <summary>A viewer logged out.</summary>
    Logout = 54,

    /// <summary>A row of the catalogue.</summary>
    Title = 55,

    /// <summary>A row of the viewer table.</summary>
    Profile = 56,

    /// <summary>An event of the host's own.</summary>
    Custom = 57,
}
