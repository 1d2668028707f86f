namespace StreamSense.Core.Privacy;

/// <summary>What becomes of an event whose data may not be used to measure the person.</summary>
public enum WithoutMeasurement : byte
{
    /// <summary>It is refused at the door, as <c>NoConsent</c>.</summary>
    Drop = 0,

    /// <summary>
    /// It is counted without saying whose it was: ids of viewer, household, device, visit and ranking request and all free text are taken
    /// out at the door, and the view gets an id that joins with nothing else.
    /// </summary>
    Aggregate = 1,
}
