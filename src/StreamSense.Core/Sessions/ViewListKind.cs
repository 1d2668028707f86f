namespace StreamSense.Core.Sessions;

/// <summary>The lists that views wait in: open ones by their silence limit, and ended ones.</summary>
internal enum ViewListKind : byte
{
    None = 0,
    Open = 1,
    OpenPaused = 2,
    OpenUnmonitored = 3,
    Ended = 4,
}
