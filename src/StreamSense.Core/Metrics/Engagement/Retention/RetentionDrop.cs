namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>A part of a title in which viewers left.</summary>
/// <param name="Bucket">The part, from 0.</param>
/// <param name="Position">Where it begins in the content.</param>
/// <param name="Exits">Views that played nothing after it.</param>
/// <param name="Reach">Views that played anything of it: the support.</param>
/// <param name="Hazard">Exits ÷ reach.</param>
public readonly record struct RetentionDrop(int Bucket, TimeSpan Position, long Exits, long Reach, double Hazard);
