using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Members of one record that stand next to each other and might be remembered as an <see cref="EnvelopeRun"/>.</summary>
internal struct MemberRun
{
    /// <summary>No run, and none to come.</summary>
    public static MemberRun None => new() { IsClosed = true };

    /// <summary>Whether no more members are taken.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Where the first name begins, at its quote.</summary>
    public int Start { get; private set; }

    /// <summary>Where the last value ends.</summary>
    public int End { get; private set; }

    /// <summary>The members, the lower half of a <see cref="FieldSet"/>; 0 if there is no run.</summary>
    public ulong Members { get; private set; }

    /// <summary>The first member.</summary>
    public JsonField First { get; private set; }

    /// <summary>The last member.</summary>
    public JsonField Last { get; private set; }

    /// <summary>The kind, if it was known when the run began.</summary>
    public EventKind Kind { get; private set; }

    /// <summary>Takes the next member of the record.</summary>
    public void Add(JsonField field, JsonTokenType token, int from, int to, EventKind kind)
    {
        ulong member = FieldSet.Of(field).Low;
        if (IsClosed || (member & EnvelopeRun.Members) == 0 || !EnvelopeRun.CanHold(token))
        {
            Close();
            return;
        }

        if (Members == 0)
        {
            if ((member & EnvelopeRun.Starts) == 0)
            {
                return;
            }

            Start = from;
            First = field;
            Kind = kind;
        }

        Members |= member;
        Last = field;
        End = to;
    }

    /// <summary>Ends the run: the next member has no place in it. One that is too short is forgotten for a later one.</summary>
    public void Close()
    {
        if (!IsClosed && Members != 0)
        {
            IsClosed = End - Start >= EnvelopeRuns.MinLength;
            Members = IsClosed ? Members : 0;
        }
    }
}
