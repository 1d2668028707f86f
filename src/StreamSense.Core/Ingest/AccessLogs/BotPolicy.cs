namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What becomes of the requests of programs that nobody watches.</summary>
public enum BotPolicy : byte
{
    /// <summary>They become events whose device kind is <c>bot</c>.</summary>
    Keep = 0,

    /// <summary>They are left out, and counted as <see cref="RejectReason.Excluded"/>.</summary>
    Exclude = 1,
}
