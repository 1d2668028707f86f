using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>What a run of members says that a sender repeats, byte for byte, on its every event: who, where, which playback.</summary>
internal struct EnvelopeRun
{
    /// <summary>The members that a run may begin with: ids, so that its first bytes tell one sender from another.</summary>
    public static readonly ulong Starts =
        Low(JsonField.View, JsonField.Viewer, JsonField.Household, JsonField.Device, JsonField.Visit);

    /// <summary>The members that a run may hold: all stand in the lower half of a <see cref="FieldSet"/>.</summary>
    public static readonly ulong Members = Starts | Low(
        JsonField.Title, JsonField.Source, JsonField.Country, JsonField.Cdn, JsonField.Asn, JsonField.Isp, JsonField.DeviceKind,
        JsonField.App, JsonField.Variants, JsonField.Consent);

    /// <summary>The hash of the first bytes; 0 if nothing is remembered here.</summary>
    public ulong Hash;

    /// <summary>The members that stand in the run.</summary>
    public FieldSet Seen;

    /// <summary>Those with a value.</summary>
    public FieldSet Present;

    /// <summary>The ids; those that do not stand in the run are none.</summary>
    public ViewerId Viewer;

    /// <inheritdoc cref="Viewer"/>
    public HouseholdId Household;

    /// <inheritdoc cref="Viewer"/>
    public DeviceId Device;

    /// <inheritdoc cref="Viewer"/>
    public ViewId View;

    /// <inheritdoc cref="Viewer"/>
    public VisitId Visit;

    /// <inheritdoc cref="Viewer"/>
    public TitleId Title;

    /// <summary>How many titles had lost their names when this one was noted: as long as it stays, the name is known.</summary>
    public long TitlesEvicted;

    /// <summary>The dimensions; those that do not stand in the run are none.</summary>
    public EventContext Context;

    /// <summary>The CDN.</summary>
    public Symbol Cdn;

    /// <summary>The purposes that the run grants.</summary>
    public ConsentPurposes Consent;

    /// <summary>The last member.</summary>
    public JsonField Last;

    /// <summary>How many members stand in the run.</summary>
    public byte Count;

    /// <summary>How many bytes it is long.</summary>
    public ushort Length;

    /// <summary>Whether a value may stand in a run: it ends with its own last byte, whatever comes next.</summary>
    public static bool CanHold(JsonTokenType token) =>
        token is JsonTokenType.String or JsonTokenType.StartObject or JsonTokenType.StartArray;

    private static ulong Low(params ReadOnlySpan<JsonField> fields)
    {
        FieldSet set = default;
        foreach (JsonField field in fields)
        {
            set = set.With(field);
        }

        return set.Low;
    }

    /// <summary>Where a value stands, counted from the first byte of the run.</summary>
    internal readonly record struct Place(ushort Start, ushort Length, JsonField Field, JsonTokenType Token, bool IsEscaped);
}
