namespace StreamSense.Ml;

/// <summary>Where a title stood after a policy or a stage.</summary>
/// <param name="Step">The name of the policy or the stage.</param>
/// <param name="Place">The place from 0; null if it was left out.</param>
public readonly record struct PlaceFinding(string Step, int? Place);
