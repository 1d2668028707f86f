namespace StreamSense.Ml.Training.Interactions;

/// <summary>The settings that a fit of biased matrix factorisation is made with.</summary>
/// <param name="UserShrinkage">How many ratings at the mean a user counts as having besides.</param>
/// <param name="ItemShrinkage">How many ratings at the mean an item counts as having besides.</param>
/// <param name="Regularisation">How strongly vectors are held near zero.</param>
/// <param name="FactorShare">How much of what the vectors say is believed: 0 leaves biases alone, 1 all of it.</param>
internal readonly record struct BiasedMfShape(double UserShrinkage, double ItemShrinkage, double Regularisation, double FactorShare);
