namespace StreamSense.Core.Metrics;

/// <summary>The sections that a report may have beside quality.</summary>
[Flags]
public enum ReportSections
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>engagement</c>: what ended plays watched, as a whole and by title.</summary>
    Engagement = 1,

    /// <summary><c>retention</c>: the curves of each cut of each title; long.</summary>
    Retention = 2,

    /// <summary><c>audience</c>: who was there, and who came back.</summary>
    Audience = 4,

    /// <summary><c>conversion</c>: from what was shown to what was played.</summary>
    Conversion = 8,

    /// <summary><c>delivery</c>: what the requests for media tell.</summary>
    Delivery = 16,

    /// <summary><c>social</c>: what is said on social networks.</summary>
    Social = 32,

    /// <summary><c>subscriptions</c>: from trials to payments, and away.</summary>
    Subscriptions = 64,

    /// <summary><c>samples</c>: views worth looking into, by pseudonym.</summary>
    Samples = 128,

    /// <summary>All but the curves and the samples.</summary>
    Default = Engagement | Audience | Conversion | Delivery | Social | Subscriptions,

    /// <summary>Every section.</summary>
    All = Default | Retention | Samples,
}
