using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What the format knows of each member: its name in the schema, and how its values are written.</summary>
internal static class MemberTable
{
    /// <summary>One above the highest number.</summary>
    public const int Count = (int)EventMember.Marks + 1;

    private static readonly EventMember[] TimeMembers =
    [
        EventMember.Time, EventMember.Sent, EventMember.Received, EventMember.PeriodEnd, EventMember.Published,
        EventMember.AvailableFrom, EventMember.AvailableUntil, EventMember.Since,
    ];

    private static readonly EventMember[] TruthMembers =
    [
        EventMember.Autoplay, EventMember.Preload, EventMember.Live, EventMember.Background, EventMember.Startup,
        EventMember.Starved, EventMember.Kids,
    ];

    private static readonly EventMember[] ChoiceMembers =
    [
        EventMember.Kind, EventMember.Reason, EventMember.MediaType, EventMember.State, EventMember.Track, EventMember.Severity,
        EventMember.Category, EventMember.CacheStatus, EventMember.Placement, EventMember.Type,
    ];

    private static readonly EventMember[] TextMembers =
    [
        EventMember.Id, EventMember.Source, EventMember.Viewer, EventMember.Household, EventMember.Device, EventMember.View,
        EventMember.Visit, EventMember.Title, EventMember.Country, EventMember.Cdn, EventMember.Isp, EventMember.DeviceKind,
        EventMember.App, EventMember.Surface, EventMember.Request, EventMember.Model, EventMember.Policy, EventMember.Offer,
        EventMember.Query, EventMember.List, EventMember.Action, EventMember.Network, EventMember.Language, EventMember.Message,
        EventMember.ObjectType, EventMember.Break, EventMember.Ad, EventMember.Plan, EventMember.Currency, EventMember.Channel,
        EventMember.Campaign, EventMember.Post, EventMember.Text, EventMember.Topic, EventMember.Name, EventMember.Series,
        EventMember.Maturity, EventMember.Edit,
    ];

    private static readonly EventMember[] TextsMembers =
        [EventMember.Genres, EventMember.Moods, EventMember.Cast, EventMember.Languages, EventMember.Countries];

    private static readonly EventMember[] TreeMembers =
        [EventMember.Variants, EventMember.Attributes, EventMember.Fields, EventMember.Marks];

    // Of these a whole group is written once and named by the events that share it.
    private static readonly EventMember[] RowMembers =
    [
        EventMember.Source, EventMember.Viewer, EventMember.Household, EventMember.Device, EventMember.View, EventMember.Visit,
        EventMember.Country, EventMember.Cdn, EventMember.Asn, EventMember.Isp, EventMember.DeviceKind, EventMember.App,
        EventMember.Variants, EventMember.Consent, EventMember.V,
    ];

    private static readonly MemberForm[] Forms = ListForms();
    private static readonly bool[] InRows = Array.ConvertAll(Enum.GetValues<EventMember>(), member => RowMembers.Contains(member));
    private static readonly JsonField[] Fields = ListFields();
    private static readonly EventMember[] Members = ListMembers();

    /// <summary>How the values of a member are written; unknown for a number that is none.</summary>
    public static MemberForm FormOf(EventMember member) => (int)member < Count ? Forms[(int)member] : MemberForm.Unknown;

    /// <summary>Whether the member belongs to the rows that events share.</summary>
    public static bool IsInRow(EventMember member) => InRows[(int)member];

    /// <summary>The member of the schema; <see cref="JsonField.Count"/> for a number that is none.</summary>
    public static JsonField FieldOf(EventMember member) => (int)member < Count ? Fields[(int)member] : JsonField.Count;

    /// <summary>The number of a member of the schema.</summary>
    public static EventMember MemberOf(JsonField field) => Members[(int)field];

    /// <summary>The texts of a member that is a choice, which may depend on the kind; null if there are none.</summary>
    public static ChoiceTexts? ChoicesOf(EventMember member, EventKind kind) => member switch
    {
        EventMember.Reason => kind switch
        {
            EventKind.BufferStart or EventKind.BufferEnd => ChoiceTexts.BufferReasons,
            EventKind.PlaybackEnd => ChoiceTexts.EndReasons,
            _ => null,
        },
        EventMember.MediaType => ChoiceTexts.MediaTypes,
        EventMember.State => ChoiceTexts.States,
        EventMember.Track => ChoiceTexts.Tracks,
        EventMember.Severity => ChoiceTexts.Severities,
        EventMember.Category => ChoiceTexts.Categories,
        EventMember.CacheStatus => ChoiceTexts.CacheStatuses,
        EventMember.Placement => ChoiceTexts.Placements,
        EventMember.Type => ChoiceTexts.TitleTypes,
        EventMember.Scale => ChoiceTexts.Scales,
        _ => null,
    };

    private static MemberForm[] ListForms()
    {
        var forms = new MemberForm[Count];
        Array.Fill(forms, MemberForm.Number, 1, Count - 1);
        Fill(forms, MemberForm.Time, TimeMembers);
        Fill(forms, MemberForm.Truth, TruthMembers);
        Fill(forms, MemberForm.Choice, ChoiceMembers);
        Fill(forms, MemberForm.Text, TextMembers);
        Fill(forms, MemberForm.Texts, TextsMembers);
        Fill(forms, MemberForm.Tree, TreeMembers);
        Fill(forms, MemberForm.TextOrNumber, [EventMember.Asn, EventMember.Code]);
        forms[(int)EventMember.Scale] = MemberForm.Scale;
        forms[(int)EventMember.Consent] = MemberForm.Purposes;
        return forms;
    }

    private static void Fill(MemberForm[] forms, MemberForm form, EventMember[] members)
    {
        foreach (EventMember member in members)
        {
            forms[(int)member] = form;
        }
    }

    private static JsonField[] ListFields()
    {
        var fields = new JsonField[Count];
        fields[0] = JsonField.Count;
        for (int i = 1; i < Count; i++)
        {
            fields[i] = Enum.Parse<JsonField>(((EventMember)i).ToString());
        }

        return fields;
    }

    private static EventMember[] ListMembers()
    {
        var members = new EventMember[(int)JsonField.Count];
        for (int i = 1; i < Count; i++)
        {
            members[(int)Fields[i]] = (EventMember)i;
        }

        return members;
    }
}
