using System.CommandLine;
using StreamSense.Ml.Models.Registry;
using StreamSense.Tool.Modelling;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense models list|show|promote|rollback</c>: which models there are, and which serve.</summary>
internal static class ModelsCommand
{
    private const string Description =
        """
        Looks at a registry of models and says which version serves.

        A registry is a folder; 'train' puts models into it. Services that watch it take up a promoted version
        within seconds, after they have tried it, and a version that was rolled back likewise.
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it writes.</param>
    public static Command Create(ToolStreams streams) => new("models", Description)
    {
        List(streams),
        Show(streams),
        Promote(streams),
        Rollback(streams),
    };

    /// <summary>The option that names the registry.</summary>
    public static Option<string> RegistryOption() =>
        new("--registry") { Description = "The folder of the registry.", HelpName = "DIR", Required = true };

    private static Command List(ToolStreams streams)
    {
        var command = new Command("list", "Lists models with their metrics; a star marks what serves.");
        Option<string> registry = RegistryOption();
        var name = new Argument<string?>("NAME") { Description = "Only versions of this model.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = Json();
        command.Options.Add(registry);
        command.Arguments.Add(name);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ModelRegistry opened = RegistryAccess.Open(parsed.GetRequiredValue(registry));
            string[] names = parsed.GetValue(name) is { } only ? [only] : [.. opened.Names()];
            RegisteredModel[] models = [.. names.SelectMany(of => RegistryAccess.Do(() => opened.List(of)))];
            ModelPrinter.List(models, opened.Folder, streams, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(ToolStreams streams)
    {
        var command = new Command("show", "Shows everything that a model file says of its model, and when which version served.");
        Option<string> registry = RegistryOption();
        var model = new Argument<string>("NAME[@VERSION]") { Description = "The model; without a version the one that serves." };
        Option<bool> json = Json();
        command.Options.Add(registry);
        command.Arguments.Add(model);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ModelRegistry opened = RegistryAccess.Open(parsed.GetRequiredValue(registry));
            (string name, string? version) = RegistryAccess.Split(parsed.GetRequiredValue(model));
            RegisteredModel found = RegistryAccess.Find(opened, name, version);
            PromotionState state = RegistryAccess.Do(() => opened.StateOf(name));
            ModelPrinter.Show(found, state, streams, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Promote(ToolStreams streams)
    {
        var command = new Command("promote", "Lets a version serve; a damaged one, and one that reads other features, is refused.");
        Option<string> registry = RegistryOption();
        Argument<string> name = NameArgument();
        var version = new Argument<string>("VERSION") { Description = "The version." };
        var other = new Option<bool>("--allow-other-features")
        {
            Description = "Promotes it even if it reads other features than the version that serves.",
        };
        Option<bool> json = Json();
        command.Options.Add(registry);
        command.Arguments.Add(name);
        command.Arguments.Add(version);
        command.Options.Add(other);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ModelRegistry opened = RegistryAccess.Open(parsed.GetRequiredValue(registry));
            RegisteredModel found = RegistryAccess.Find(opened, parsed.GetRequiredValue(name), parsed.GetRequiredValue(version));
            RegisteredModel promoted = RegistryAccess.Do(
                () => opened.Promote(found.Name, found.Version, allowOtherLayout: parsed.GetValue(other)));
            ModelPrinter.Changed(promoted, "promoted", streams, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Rollback(ToolStreams streams)
    {
        var command = new Command("rollback", "Lets the version serve that did before; again, the one before that.");
        Option<string> registry = RegistryOption();
        Argument<string> name = NameArgument();
        Option<bool> json = Json();
        command.Options.Add(registry);
        command.Arguments.Add(name);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ModelRegistry opened = RegistryAccess.Open(parsed.GetRequiredValue(registry));
            RegisteredModel back = RegistryAccess.Do(() => opened.Rollback(parsed.GetRequiredValue(name)));
            ModelPrinter.Changed(back, "rolled back to", streams, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> NameArgument() => new("NAME") { Description = "The model." };

    private static Option<bool> Json() => new("--json") { Description = "Prints one JSON object and nothing else." };
}
