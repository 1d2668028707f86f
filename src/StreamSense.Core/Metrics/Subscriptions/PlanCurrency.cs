using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What revenue is kept apart by; both are symbols of <see cref="Vocabulary.Terms"/>.</summary>
internal readonly record struct PlanCurrency(Symbol Plan, Symbol Currency);
