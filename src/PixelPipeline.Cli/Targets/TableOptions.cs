using System.CommandLine;
using System.CommandLine.Parsing;
using PixelPipeline.Cli.Options;
using PixelPipeline.Countries;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Targets;

/// <summary>
/// The options that say what an event is and which table it goes to. Unless given, they are what the function's
/// environment variables say, so that a command and the function agree; the other settings come from there alone.
/// </summary>
internal sealed class TableOptions
{
    private static readonly string LayoutNames = string.Join('|', Array.ConvertAll(Enum.GetNames<LayoutName>(), n => n.ToLowerInvariant()));

    private readonly Option<string?> _schema = CommonOptions.Schema();

    private readonly Option<string> _suffix = CommonOptions.OfSetting("--table-suffix", "SUFFIX", PipelineSetting.TableSuffix);

    private readonly (Setting Setting, Option<string> Option)[] _settings;

    public TableOptions() => _settings =
    [
        (PipelineSetting.Layout, Layout),
        (PipelineSetting.Table, CommonOptions.BaseTable()),
        (PipelineSetting.TableSuffix, _suffix),
        (PipelineSetting.Dataset, CommonOptions.Dataset()),
        (PipelineSetting.PixelPath, CommonOptions.OfSetting("--pixel-path", "PATH", PipelineSetting.PixelPath)),
    ];

    /// <summary>The layout's option.</summary>
    public Option<string> Layout { get; } = CommonOptions.OfSetting("--layout", LayoutNames, PipelineSetting.Layout);

    /// <summary>Gives a command all of these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_schema, .. _settings.Select(s => s.Option)])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(CheckSuffix);
    }

    /// <summary>All settings: the options over the environment's, for a project.</summary>
    /// <param name="arguments">The options.</param>
    /// <param name="project">Whose tables these are.</param>
    /// <param name="layout">The only layout that will do; null where any does.</param>
    /// <exception cref="CommandException">A setting of the environment is unknown or out of bounds.</exception>
    public PipelineSettings SettingsOf(ParseResult arguments, string project, string? layout = null)
    {
        var given = PipelineSettings.OfEnvironment();
        given[PipelineSetting.Project.Name] = project;
        given[PipelineSetting.SchemaFile.Name] = SchemaSource.PathOf(arguments.GetValue(_schema), given.GetValueOrDefault(PipelineSetting.SchemaFile.Name));
        foreach (var (setting, option) in _settings)
        {
            given[setting.Name] = arguments.GetResult(option) is { Implicit: false } ? arguments.GetValue(option) : given.GetValueOrDefault(setting.Name);
        }

        given[PipelineSetting.Layout.Name] = layout ?? given[PipelineSetting.Layout.Name];
        try
        {
            return PipelineSettings.Read(given);
        }
        catch (SettingsException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    private void CheckSuffix(CommandResult result)
    {
        if (ValueOptions.TextIn(result, _suffix) is not { } pattern)
        {
            return;
        }

        try
        {
            SuffixPattern.Parse(pattern, SchemaSource.Of(ValueOptions.TextIn(result, _schema)));
        }
        catch (SchemaException e)
        {
            result.AddError($"{_suffix.Name}: {e.Message}");
        }
        catch (CommandException)
        {
            // The schema, whose attributes the pattern names, cannot be read: the command itself tells that.
        }
    }

    /// <summary>Reads the schema and makes the layout.</summary>
    /// <exception cref="CommandException">Schema or suffix cannot be used; the message names the option.</exception>
    public static (EventSchema Schema, TableLayout Layout) Read(PipelineSettings settings)
    {
        var schema = SchemaSource.Read(settings.Get(PipelineSetting.SchemaFile), SourcesOf(settings));
        try
        {
            return (schema, settings.ToLayout(schema));
        }
        catch (SchemaException e)
        {
            throw new CommandException($"--table-suffix: {e.Message}", e);
        }
    }

    private static ColumnSources SourcesOf(PipelineSettings settings)
    {
        try
        {
            return settings.ToSources(SchemaSource.FunctionFolder, file => CountryFile.Open(file).CountryOf);
        }
        catch (SettingsException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
