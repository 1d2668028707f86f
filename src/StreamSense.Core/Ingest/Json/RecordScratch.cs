using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>What a decoder reuses from record to record: where members stand, unescaped text, and the first defect found.</summary>
internal sealed class RecordScratch
{
    /// <summary>The place of a run's first member among the followers.</summary>
    public const int RunPlace = (int)JsonField.Count + 1;

    private const int MaxExcerpt = 48;
    // What no member is.
    private const JsonField NoRun = JsonField.Count + 1;
    private const int FollowersPerKind = RunPlace + 1;

    private readonly JsonField[] _followers = NoFollowers();
    private readonly byte[] _excerpt = new byte[MaxExcerpt];
    private byte[] _text = new byte[1024];
    private Rfc3339.Minute _lastMinute;
    private int _textUsed;
    private int _excerptLength;
    private JsonField _field;
    private JsonField _alternative;
    private string _rule = "";
    private long _position;
    private ulong _deferred;
    private int _deferredAt;

    /// <summary>Where the value of each member stands; meaningful only for members that are present.</summary>
    public Slot[] Slots { get; } = new Slot[(int)JsonField.Count];

    /// <summary>What is remembered of the senders of the last records.</summary>
    public EnvelopeRuns Runs { get; } = new();

    /// <summary>The minute of the last time that was read.</summary>
    public ref Rfc3339.Minute LastMinute => ref _lastMinute;

    /// <summary>Why the record is refused; none as long as nothing is wrong with it.</summary>
    public RejectReason Reason { get; private set; }

    /// <summary>The members that the record has, whatever their values.</summary>
    public FieldSet Seen { get; set; }

    /// <summary>The members that are there with a value: neither null nor an empty text.</summary>
    public FieldSet Present { get; set; }

    /// <summary>Whether there are members that the schema does not know, or might be.</summary>
    public bool HasUnknown { get; set; }

    /// <summary>The kind, if the scanner has read it.</summary>
    public EventKind Kind { get; private set; }

    /// <summary>The remembered run of members that stands in the record; -1 if none does.</summary>
    public int KnownRun { get; private set; } = -1;

    /// <summary>A run of members that might be remembered.</summary>
    public MemberRun NewRun { get; private set; }

    /// <summary>
    /// Which member followed each member when it was last seen; behind the members, which was the first (at
    /// <see cref="JsonField.Count"/>) and with which the run of a sender's members began (at <see cref="RunPlace"/>).
    /// </summary>
    /// <param name="kind">The kind: each has its own order. None: not known yet.</param>
    public Span<JsonField> FollowersOf(EventKind kind) => _followers.AsSpan((int)kind * FollowersPerKind, FollowersPerKind);

    /// <summary>Takes what a scanner found.</summary>
    public void Found(FieldSet seen, FieldSet present, EventKind kind, MemberRun run)
    {
        Seen = seen;
        Present = present;
        Kind = kind;
        run.Close();
        if (run.Members != 0)
        {
            NewRun = run;
            FollowersOf(run.Kind)[RunPlace] = run.First;
        }
    }

    /// <summary>Where the value of a member that was seen stands.</summary>
    public ref Slot At(JsonField field)
    {
        if (((1UL << (int)field) & _deferred) != 0 && field <= JsonField.V)
        {
            RestoreRun();
        }

        return ref Slots[(int)field];
    }

    /// <summary>Notes that the members of a remembered run stand at a place; most records are read without looking at them.</summary>
    public void DeferRun(int run, int at)
    {
        _deferred = Runs[run].Seen.Low;
        KnownRun = run;
        _deferredAt = at;
    }

    /// <summary>Remembers the run of members that stands in a record.</summary>
    /// <param name="index">Where, as <see cref="EnvelopeRuns.PlaceFor(ReadOnlySpan{byte})"/> says.</param>
    /// <param name="line">The record's text.</param>
    /// <param name="run">What the members say.</param>
    public void Remember(int index, ReadOnlySpan<byte> line, in EnvelopeRun run)
    {
        MemberRun members = NewRun;
        Span<EnvelopeRun.Place> places = stackalloc EnvelopeRun.Place[EnvelopeRuns.MaxMembers];
        int count = 0;
        for (FieldSet rest = run.Seen; !rest.IsEmpty && count < places.Length; count++)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            ref Slot slot = ref Slots[(int)field];
            places[count] = new EnvelopeRun.Place(
                (ushort)(slot.Start - members.Start), (ushort)slot.Length, field, slot.Token, slot.IsEscaped);
        }

        Runs.Remember(index, line[members.Start..members.End], run, places[..count]);
    }

    public void Begin(int lineLength)
    {
        Restart();
        Reason = RejectReason.None;
        _position = -1;
        _textUsed = 0;

        // A text without its escapes is shorter than with them, and no text of a record is read more than twice.
        if (_text.Length < lineLength * 2)
        {
            _text = new byte[lineLength * 4];
        }
    }

    /// <summary>Forgets which members the record has.</summary>
    public void Restart()
    {
        _deferred = 0;
        KnownRun = -1;
        NewRun = default;
        Kind = EventKind.None;
        Seen = default;
        Present = default;
        HasUnknown = false;
    }

    /// <summary>Takes the escapes out of a text; the result lives until the next record.</summary>
    public bool TryUnescape(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> text)
    {
        bool valid = JsonText.TryUnescape(raw, _text.AsSpan(_textUsed), out int written);
        text = _text.AsSpan(_textUsed, written);
        _textUsed += written;
        return valid;
    }

    /// <summary>Gives back the room of texts that are no longer needed.</summary>
    public int Mark() => _textUsed;

    /// <inheritdoc cref="Mark"/>
    public void Release(int mark) => _textUsed = mark;

    /// <summary>Notes a defect; the first one of a record stays.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="field">The member; <see cref="JsonField.Count"/> if it is the record.</param>
    /// <param name="rule">What was expected.</param>
    /// <param name="found">What was found instead, or empty.</param>
    /// <param name="alternative">The member that would have served as well.</param>
    public void Fail(
        RejectReason reason, JsonField field, string rule, ReadOnlySpan<byte> found = default, JsonField alternative = JsonField.Count)
    {
        if (Reason != RejectReason.None)
        {
            return;
        }

        Reason = reason;
        _field = field;
        _alternative = alternative;
        _rule = rule;
        _excerptLength = Math.Min(found.Length, MaxExcerpt);
        found[.._excerptLength].CopyTo(_excerpt);
        if (found.Length > MaxExcerpt)
        {
            "..."u8.CopyTo(_excerpt.AsSpan(MaxExcerpt - 3));
        }
    }

    /// <summary>Notes that the record is no JSON.</summary>
    /// <param name="position">The byte at which it breaks.</param>
    public void Malformed(long position)
    {
        Reason = RejectReason.Malformed;
        _field = JsonField.Count;
        _rule = "no valid JSON at byte ";
        _position = position;
        _excerptLength = 0;
    }

    /// <summary>The defect in words, for example <c>playheadMs: expected a number, found "abc"</c>.</summary>
    public string Describe()
    {
        if (Reason == RejectReason.None)
        {
            return "";
        }

        var text = new StringBuilder();
        if (_field != JsonField.Count)
        {
            text.Append(JsonFieldNames.NameOf(_field));
            if (_alternative != JsonField.Count)
            {
                text.Append(" or ").Append(JsonFieldNames.NameOf(_alternative));
            }

            text.Append(": ");
        }

        text.Append(_rule);
        if (_position >= 0)
        {
            text.Append(_position);
        }

        if (_excerptLength > 0 && !IsId(_field))
        {
            text.Append(", found ").Append(Encoding.UTF8.GetString(_excerpt, 0, _excerptLength));
        }

        return text.ToString();
    }

    private void RestoreRun()
    {
        _deferred = 0;
        foreach (EnvelopeRun.Place place in Runs.PlacesOf(KnownRun))
        {
            Slots[(int)place.Field] = new Slot
            {
                Start = _deferredAt + place.Start,
                Length = place.Length,
                Token = place.Token,
                IsEscaped = place.IsEscaped,
            };
        }
    }

    private static JsonField[] NoFollowers()
    {
        var followers = new JsonField[EventKindNames.Count * FollowersPerKind];
        Array.Fill(followers, JsonField.Count);
        for (int i = RunPlace; i < followers.Length; i += FollowersPerKind)
        {
            followers[i] = NoRun;
        }

        return followers;
    }

    // Messages go into answers and logs, where no raw id may stand.
    private static bool IsId(JsonField field) => field
        is JsonField.Viewer or JsonField.Household or JsonField.Device or JsonField.View or JsonField.Visit or JsonField.Id;

    /// <summary>A value: where it stands and, of a number in few digits, what it is.</summary>
    internal struct Slot
    {
        public ulong Digits;
        public int Start;
        public int Length;
        public short Exponent;
        public JsonTokenType Token;
        public bool IsEscaped;
        public bool IsNegative;

        /// <summary>Whether <see cref="Digits"/>, <see cref="Exponent"/> and <see cref="IsNegative"/> are the number.</summary>
        public bool IsPlainNumber;
    }
}
