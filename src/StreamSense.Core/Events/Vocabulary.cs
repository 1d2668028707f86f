namespace StreamSense.Core.Events;

/// <summary>The bounded name tables that the events of one pipeline share.</summary>
/// <remarks>Thread-safe. Symbols and context ids are meaningful only with the vocabulary that gave them.</remarks>
public sealed class Vocabulary
{
    /// <summary>Creates empty tables.</summary>
    /// <param name="titleCapacity">How many title names to keep.</param>
    /// <param name="contextCapacity">How many distinct contexts to keep.</param>
    public Vocabulary(int titleCapacity = 131_072, int contextCapacity = 65_536)
    {
        Titles = new NameTable(titleCapacity);
        Contexts = new ContextTable(contextCapacity);
    }

    /// <summary>Titles by their ids.</summary>
    public NameTable Titles { get; }

    /// <summary>Interned contexts.</summary>
    public ContextTable Contexts { get; }

    /// <summary>Producers of events.</summary>
    public SymbolTable Sources { get; } = new(1024);

    /// <summary>Countries.</summary>
    public SymbolTable Countries { get; } = new(1024);

    /// <summary>Autonomous systems.</summary>
    public SymbolTable Asns { get; } = new(16_384);

    /// <summary>Internet providers.</summary>
    public SymbolTable Isps { get; } = new(16_384);

    /// <summary>Kinds of device.</summary>
    public SymbolTable DeviceKinds { get; } = new(1024);

    /// <summary>Apps and their versions.</summary>
    public SymbolTable Apps { get; } = new(4096);

    /// <summary>CDNs.</summary>
    public SymbolTable Cdns { get; } = new(1024);

    /// <summary>Experiment variants, each a canonical JSON object.</summary>
    public SymbolTable Variants { get; } = new(16_384);

    /// <summary>Places where titles are shown.</summary>
    public SymbolTable Surfaces { get; } = new(4096);

    /// <summary>Plans, channels, campaigns, offers, networks, models, policies, lists, languages and the like.</summary>
    public SymbolTable Terms { get; } = new(32_768);
}
