using StreamSense.Core.Admission;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;

namespace StreamSense.Core;

/// <summary>Every choice of a pipeline that is a number or a policy; each has a working default.</summary>
/// <remarks>Read when the pipeline is built; later changes have no effect on it.</remarks>
public sealed class PipelineOptions
{
    /// <summary>How many shards share the work, each with a thread of its own.</summary>
    /// <value>1.</value>
    public int Shards { get; set; } = 1;

    /// <summary>How many title names are kept besides those of the catalogue.</summary>
    /// <value>131,072.</value>
    public int TitleNames { get; set; } = 131_072;

    /// <summary>How many distinct sets of dimensions are kept.</summary>
    /// <value>65,536.</value>
    public int Contexts { get; set; } = 65_536;

    /// <summary>How many bytes of failed records are kept.</summary>
    /// <value>8 MiB.</value>
    public int FailedEventBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>What holds for events that say nothing of consent, and what becomes of those that may not be measured.</summary>
    /// <value>Measurement and personalisation are assumed; what may not be measured is refused. A host whose viewers must opt in sets
    /// <see cref="ConsentPolicy.RequireExplicit"/>.</value>
    public ConsentPolicy Consent { get; set; } = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);

    /// <summary>How many viewers and devices are remembered with what they chose by <c>consent_change</c>.</summary>
    /// <value>262,144; about 25 MiB when full.</value>
    public int ConsentChoices { get; set; } = ConsentLedger.DefaultCapacity;

    /// <summary>How canonical NDJSON is read.</summary>
    /// <value>The defaults of <see cref="NdjsonOptions"/>; its consent is that of <see cref="Consent"/>.</value>
    public NdjsonOptions Ndjson { get; set; } = new();

    /// <summary>How large the MessagePack batches may be that are read; their records are read as <see cref="Ndjson"/> says.</summary>
    /// <value>The defaults of <see cref="MessagePackOptions"/>.</value>
    public MessagePackOptions MessagePack { get; set; } = new();

    /// <summary>The bounds of the lanes through which writers reach a shard.</summary>
    /// <value>The defaults of <see cref="LaneOptions"/>.</value>
    public LaneOptions Lanes { get; set; } = new();

    /// <summary>What a writer does when its lane is full.</summary>
    /// <value>The defaults of <see cref="WriterOptions"/>.</value>
    public WriterOptions Writers { get; set; } = new();

    /// <summary>The bounds of each shard's sequenced ring.</summary>
    /// <value>The defaults of <see cref="RingOptions"/>.</value>
    public RingOptions Ring { get; set; } = new();

    /// <summary>How a shard's thread waits for events.</summary>
    /// <value><see cref="WaitStrategy.Block"/>: an idle pipeline uses no CPU.</value>
    public WaitStrategy WaitStrategy { get; set; } = WaitStrategy.Block;

    /// <summary>How a shard tells duplicates, order and lateness.</summary>
    /// <value>The defaults of <see cref="AdmissionOptions"/>.</value>
    public AdmissionOptions Admission { get; set; } = new();

    /// <summary>How devices, viewers and households are joined.</summary>
    /// <value>The defaults of <see cref="IdentityOptions"/>: from a login on, the events of its device are the viewer's.</value>
    public IdentityOptions Identity { get; set; } = new();

    /// <summary>When a stall is one, and when a silent view ends.</summary>
    /// <value>The defaults of <see cref="SessionOptions"/>.</value>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>Windows and groups of the metrics.</summary>
    /// <value>The defaults of <see cref="MetricsOptions"/>.</value>
    public MetricsOptions Metrics { get; set; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Shards, 256);
        ArgumentNullException.ThrowIfNull(WaitStrategy);
        ArgumentNullException.ThrowIfNull(Consent);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConsentChoices, 1);
        Ndjson = Ndjson.Copy();
        Ndjson.Consent = Consent;
        NdjsonOptions.Validate(Ndjson);
        ArgumentNullException.ThrowIfNull(MessagePack);
        MessagePackOptions.Validate(MessagePack);
        Identity.Validate();
        Lanes.Validate();
        Writers.Validate();
        Ring.Validate();
        Admission.Validate();

        // A view may not be closed while an event that is not late could still belong to it: else a replay, which knows no clock but the
        // events', would give other numbers.
        TimeSpan allowed = Admission.Lateness.Allowed ?? TimeSpan.Zero;
        if (Sessions.AllowedLateness < allowed)
        {
            Sessions.AllowedLateness = allowed;
        }
    }
}
