using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads one plain value into its place in an event.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class MemberReader(Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonOptions options, BatchTexts texts)
{
    private const long LargestWholeMilliseconds = long.MaxValue / 1000;
    private const long LargestWhole = 9_000_000_000_000;

    private readonly SymbolCache _terms = new(vocabulary.Terms);
    private readonly SymbolCache _surfaces = new(vocabulary.Surfaces);
    private Rfc3339.Minute _lastMinute;

    /// <summary>Reads an instant or a signed duration in milliseconds, as microseconds.</summary>
    public static bool TryInstant(scoped ref ValueCursor cursor, out long microseconds)
    {
        if (cursor.TryWhole(out long whole))
        {
            microseconds = whole * 1000;
            return whole is > -LargestWholeMilliseconds and < LargestWholeMilliseconds;
        }

        microseconds = 0;
        return cursor.TryDouble(out double number) && BatchNumbers.TryMicroseconds(number, out microseconds);
    }

    /// <summary>Reads an instant, as a number or as RFC 3339 writes it, as microseconds.</summary>
    public bool TryTime(scoped ref ValueCursor cursor, out long microseconds)
    {
        if (TryInstant(ref cursor, out microseconds))
        {
            return true;
        }

        // An event that is known by its content keeps the spelling of its times.
        return cursor.TryText(out ReadOnlySpan<byte> text)
            && text.Length <= RecordLimits.Dimension
            && Rfc3339.TryParse(text, dateAlone: false, ref _lastMinute, out microseconds);
    }

    /// <summary>Reads the members of an event up to the end of its map.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="at">Where the first member begins; where the last ends, if all could be read.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="e">The event, of a kind that has a plan.</param>
    /// <param name="draft">What waits.</param>
    /// <param name="present">The members that are there; adds those that are read.</param>
    /// <returns>Whether all are plain, and none stands twice.</returns>
    public bool TryReadAll(
        ReadOnlySpan<byte> body, ref int at, int count, ref StreamEvent e, ref PlainDraft draft, ref FieldSet present)
    {
        ReadOnlySpan<PayloadPlan.Step> steps = PayloadPlan.StepsOf(e.Kind);
        ref byte payload = ref Unsafe.As<EventPayload, byte>(ref e.Payload);

        // Locals, which stay in registers: where the next value begins is what each step waits for.
        int next = at;
        (ulong low, ulong high) = present;
        for (int i = 0; i < count; i++)
        {
            if ((uint)next >= (uint)body.Length || body[next] >= (uint)steps.Length)
            {
                return false;
            }

            ref readonly PayloadPlan.Step step = ref steps[body[next++]];
            (ulong lowBit, ulong highBit) = FieldSet.Of((JsonField)step.Field);
            if (((low & lowBit) | (high & highBit)) != 0 && step.Rule != MemberRule.Later)
            {
                return false;
            }

            low |= lowBit;
            high |= highBit;
            int start = next;
            if (ValueCursor.TryWhole(body, ref next, out long value))
            {
                switch (step.Rule)
                {
                    case MemberRule.Whole or MemberRule.Rounded when (ulong)value <= int.MaxValue:
                        Unsafe.WriteUnaligned(ref Unsafe.Add(ref payload, step.Offset), (int)value);
                        continue;
                    case MemberRule.Position or MemberRule.Duration when IsMilliseconds(value, step.Rule):
                        Unsafe.WriteUnaligned(ref Unsafe.Add(ref payload, step.Offset), value * 1000);
                        continue;
                    case MemberRule.Choice when value >= step.Least && value < step.End:
                        Unsafe.Add(ref payload, step.Offset) = (byte)value;
                        continue;
                    case MemberRule.Sequence when (ulong)value <= uint.MaxValue:
                        e.Sequence = (uint)value;
                        e.Flags |= EventFlags.HasSequence;
                        continue;
                    case MemberRule.Title when texts.IsPlain(body, value, RecordLimits.Id):
                        draft.TitlePlace = (int)value;
                        continue;
                }
            }

            // Others, and what of these is no whole number.
            var cursor = new ValueCursor(body, start);
            if (!TryRead(body, ref cursor, step, ref e, ref draft))
            {
                return false;
            }

            next = cursor.At;
        }

        at = next;
        present = new FieldSet(low, high);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMilliseconds(long value, MemberRule rule) =>
        value < LargestWholeMilliseconds && value > (rule == MemberRule.Position ? -LargestWholeMilliseconds : -1);

    private bool TryRead(
        ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, in PayloadPlan.Step step, ref StreamEvent e, ref PlainDraft draft)
    {
        ref byte target = ref Unsafe.Add(ref Unsafe.As<EventPayload, byte>(ref e.Payload), step.Offset);
        switch (step.Rule)
        {
            case MemberRule.Ignored or MemberRule.Later:
                return cursor.TrySkip();
            case MemberRule.Id:
                return (options.TrustPseudonyms && cursor.TryPseudonym(out draft.IdBits))
                    || TryIdPlace(body, ref cursor, out draft.Id, out _);
            case MemberRule.Title:
                return (options.TrustPseudonyms && cursor.TryPseudonym(out draft.TitleBits))
                    || TryIdPlace(body, ref cursor, out draft.Title, out draft.TitlePlace);
            case MemberRule.Sent:
                return TryTime(ref cursor, out draft.Sent);
            case MemberRule.Received:
                return TryTime(ref cursor, out draft.Received);
            case MemberRule.Duration or MemberRule.Position or MemberRule.Instant:
                bool isTime = TryInstant(ref cursor, out long microseconds);
                Unsafe.WriteUnaligned(ref target, microseconds);
                return isTime && (step.Rule != MemberRule.Duration || microseconds >= 0);
            case >= MemberRule.Whole and <= MemberRule.Score:
                return TryNumber(ref cursor, step.Rule, ref target);
            case MemberRule.Truth:
                byte truth = cursor.Peek;
                target = (byte)(truth & 1);
                return truth is MessagePackCodes.True or MessagePackCodes.False && cursor.TrySkip();
            case MemberRule.Scale or MemberRule.CacheStatus:
                bool isSmall = cursor.TrySmall(out byte value);
                target |= value;
                return isSmall && value >= step.Least && value < step.End;
            case MemberRule.Weight:
                return TryWeight(ref cursor, ref target, ref e);
            default:
                return TryRest(body, ref cursor, step.Rule, ref target, ref draft);
        }
    }

    /// <summary>The title of a draft; its name is noted.</summary>
    public TitleId Title(ReadOnlySpan<byte> body, scoped in PlainDraft draft)
    {
        if (draft.TitlePlace < 0)
        {
            return draft.TitleBits != 0 ? new TitleId(draft.TitleBits) : vocabulary.Titles.Note(draft.Title.In(body));
        }

        ref BatchTexts.Entry entry = ref texts[draft.TitlePlace];
        if (entry.Title.IsNone)
        {
            entry.Title = vocabulary.Titles.Note(texts.TextOf(body, entry));
        }

        return entry.Title;
    }

    private bool TryRest(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, MemberRule rule, ref byte target, ref PlainDraft draft)
    {
        switch (rule)
        {
            case MemberRule.Status:
                bool isStatus = cursor.TryWhole(out long status) && status is >= 0 and <= 999;
                Unsafe.WriteUnaligned(ref target, (short)status);
                return isStatus;
            case MemberRule.StartupMark or MemberRule.StarvedMark:
                byte truth = cursor.Peek;
                target |= (byte)(truth != MessagePackCodes.True ? 0 : rule == MemberRule.StartupMark ? 16 : 32);
                return truth is MessagePackCodes.True or MessagePackCodes.False && cursor.TrySkip();
            case MemberRule.ObjectType:
                bool isType = texts.TryRead(body, ref cursor, RecordLimits.Dimension, out ReadOnlySpan<byte> type, out _);
                target = ObjectTypes.LetterOf(type);
                return isType;
            case MemberRule.Term:
                return TryTerm(body, ref cursor, ref target);
            case MemberRule.Surface:
                return TrySurface(body, ref cursor, ref target);
            case MemberRule.Request or MemberRule.Other:
                return TryHash(body, ref cursor, rule, ref target);
            case MemberRule.FirstText:
                return TryTextPlace(body, ref cursor, RecordLimits.Id, out draft.FirstText);
            case MemberRule.SecondText:
                return TryTextPlace(body, ref cursor, RecordLimits.Text, out draft.SecondText);
            default:
                return false;
        }
    }

    private static bool TryNumber(scoped ref ValueCursor cursor, MemberRule rule, ref byte target)
    {
        if (!cursor.TryWhole(out long whole))
        {
            return cursor.TryDouble(out double number) && TryFraction(number, rule, ref target);
        }

        switch (rule)
        {
            case MemberRule.RoundedSigned:
                Unsafe.WriteUnaligned(ref target, (int)whole);
                return whole is <= int.MaxValue and >= -int.MaxValue;
            case MemberRule.RoundedLong:
                Unsafe.WriteUnaligned(ref target, whole);
                return whole >= 0;
            case MemberRule.Millionths:
                Unsafe.WriteUnaligned(ref target, (int)(whole * 1_000_000));
                return whole is >= 0 and <= int.MaxValue / 1_000_000;
            case MemberRule.MillionthsLong:
                Unsafe.WriteUnaligned(ref target, whole * 1_000_000);
                return whole is > -LargestWhole and < LargestWhole;
            default:
                return TryFraction(whole, rule, ref target);
        }
    }

    private static bool TryFraction(double number, MemberRule rule, ref byte target)
    {
        double least = rule == MemberRule.SignedShare ? -1 : rule == MemberRule.Score ? double.MinValue : 0;
        double most = rule switch
        {
            MemberRule.Share or MemberRule.SignedShare => 1,
            MemberRule.Percent => 100,
            MemberRule.Score => double.MaxValue,
            _ => int.MaxValue,
        };
        least = rule == MemberRule.RoundedSigned ? -int.MaxValue : least;
        most = rule == MemberRule.MillionthsLong ? LargestWhole : most;
        least = rule == MemberRule.MillionthsLong ? -LargestWhole : least;
        if (!(number >= least && number <= most))
        {
            return false;
        }

        // One zero, so that equal events have equal bits.
        number = number == 0 ? 0 : number;
        switch (rule)
        {
            case MemberRule.Rounded or MemberRule.RoundedSigned:
                double rounded = Math.Round(number, MidpointRounding.AwayFromZero);
                Unsafe.WriteUnaligned(ref target, (int)rounded);
                return Math.Abs(rounded) <= int.MaxValue;
            case MemberRule.Millionths or MemberRule.MillionthsLong:
                bool isExact = BatchNumbers.TryMillionths(number, out long millionths);
                if (rule == MemberRule.MillionthsLong)
                {
                    Unsafe.WriteUnaligned(ref target, millionths);
                    return isExact;
                }

                Unsafe.WriteUnaligned(ref target, (int)millionths);
                return isExact && millionths <= int.MaxValue;
            case MemberRule.Score:
                Unsafe.WriteUnaligned(ref target, number);
                return true;
            case MemberRule.Share or MemberRule.SignedShare or MemberRule.Percent:
                Unsafe.WriteUnaligned(ref target, (float)number);
                return true;
            default:
                return false;
        }
    }

    private static bool TryWeight(scoped ref ValueCursor cursor, ref byte target, ref StreamEvent e)
    {
        double number = cursor.TryWhole(out long whole) ? whole : cursor.TryDouble(out double fraction) ? fraction : 0;
        float weight = (float)number;
        Unsafe.WriteUnaligned(ref target, weight);
        e.Flags |= weight == 1 ? EventFlags.None : EventFlags.Weighted;
        return number is >= float.Epsilon and <= float.MaxValue;
    }

    private bool TryTerm(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, ref byte target)
    {
        if (!texts.TryRead(body, ref cursor, RecordLimits.Dimension, out ReadOnlySpan<byte> text, out int place))
        {
            return false;
        }

        if (place >= 0 && texts[place].HasTerm)
        {
            Unsafe.WriteUnaligned(ref target, texts[place].Term);
            return true;
        }

        Symbol term = _terms.Intern(text);
        Unsafe.WriteUnaligned(ref target, term);
        if (place >= 0 && term != Symbol.Other)
        {
            // The table counts each event that it turns away, so that is not remembered.
            texts[place].Term = term;
            texts[place].HasTerm = true;
        }

        return true;
    }

    private bool TrySurface(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, ref byte target)
    {
        bool isText = texts.TryRead(body, ref cursor, RecordLimits.Dimension, out ReadOnlySpan<byte> text, out _);
        Unsafe.WriteUnaligned(ref target, isText ? _surfaces.Intern(text) : Symbol.None);
        return isText;
    }

    private bool TryHash(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, MemberRule rule, ref byte target)
    {
        if (options.TrustPseudonyms && cursor.TryPseudonym(out ulong bits))
        {
            Unsafe.WriteUnaligned(ref target, bits);
            return true;
        }

        if (!TryId(body, ref cursor, out ReadOnlySpan<byte> text, out int place))
        {
            return false;
        }

        bool isRequest = rule == MemberRule.Request;
        bits = place < 0 ? 0 : isRequest ? texts[place].Request : texts[place].Other;
        if (bits == 0)
        {
            bits = isRequest ? pseudonymizer.Request(text).Value : pseudonymizer.Other(text);
            if (place >= 0 && isRequest)
            {
                texts[place].Request = bits;
            }
            else if (place >= 0)
            {
                texts[place].Other = bits;
            }
        }

        Unsafe.WriteUnaligned(ref target, bits);
        return true;
    }

    private bool TryId(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, out ReadOnlySpan<byte> text, out int place) =>
        texts.TryRead(body, ref cursor, RecordLimits.Id, out text, out place)
        && !(options.TrustPseudonyms && text[0] == (byte)'~');

    private bool TryIdPlace(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, out TextPlace id, out int place)
    {
        bool isId = TryId(body, ref cursor, out ReadOnlySpan<byte> text, out place);
        id = isId ? TextPlace.Of(body, text) : default;
        return isId;
    }

    private bool TryTextPlace(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, int maxBytes, out TextPlace place)
    {
        bool isText = texts.TryRead(body, ref cursor, maxBytes, out ReadOnlySpan<byte> text, out _);
        place = isText ? TextPlace.Of(body, text) : default;
        return isText;
    }
}
