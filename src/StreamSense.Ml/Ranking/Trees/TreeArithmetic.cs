namespace StreamSense.Ml.Ranking.Trees;

/// <summary>In how many bits an ensemble adds its leaves.</summary>
public enum TreeArithmetic : byte
{
    /// <summary>32 bits: this library and XGBoost.</summary>
    Single = 0,

    /// <summary>64 bits: LightGBM.</summary>
    Double = 1,
}
