using System.Collections;
using System.Net;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Signing;
using PixelPipeline.Tables;

namespace PixelPipeline.Settings;

/// <summary>The values of all settings, each within its bounds. <see cref="PipelineSetting"/> describes them.</summary>
public sealed class PipelineSettings
{
    /// <summary>The section of a configuration, <c>Pixel</c>.</summary>
    public const string Section = "Pixel";

    /// <summary>What the environment variables begin with, <c>Pixel__</c>.</summary>
    public const string Prefix = Section + "__";

    private readonly Dictionary<string, string> _texts;
    private readonly HashSet<string> _given;

    private PipelineSettings(Dictionary<string, string> texts, HashSet<string> given) => (_texts, _given) = (texts, given);

    /// <summary>Every setting as an environment variable, <c>Pixel__Dataset</c>, and its value: what another process is given to have the same.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables => _texts.Select(t => KeyValuePair.Create(Prefix + t.Key, t.Value));

    /// <summary>Reads settings and checks all of them.</summary>
    /// <param name="given">Values by name, in any case and without the prefix; null is as if it were not there.</param>
    /// <param name="otherError">A line about something else that keeps the reader from starting; null for none.</param>
    /// <exception cref="SettingsException">A line for each that is unknown, missing or out of bounds.</exception>
    public static PipelineSettings Read(IEnumerable<KeyValuePair<string, string?>> given, string? otherError = null)
    {
        var texts = PipelineSetting.All.Where(s => s.Default is not null).ToDictionary(s => s.Name, s => s.Default!);
        var names = new HashSet<string>();
        List<string> errors = otherError is null ? [] : [otherError];
        foreach (var (name, text) in given.Where(g => g.Value is not null))
        {
            var setting = PipelineSetting.All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            errors.AddRange(setting is null ? [$"Setting {Prefix}{name} is not known."] : setting.Takes(text!) ? [] : [$"Setting {setting.Variable} {setting.Rule}."]);
            texts[setting?.Name ?? name] = text!;
            names.Add(setting?.Name ?? name);
        }

        errors.AddRange(PipelineSetting.All.Where(s => !texts.ContainsKey(s.Name)).Select(s => $"Setting {s.Variable} is missing: it {s.Rule}."));
        return errors.Count == 0 ? new PipelineSettings(texts, names) : throw new SettingsException(errors);
    }

    /// <summary>What this process's environment variables set, by name; a variable that is empty sets nothing.</summary>
    public static Dictionary<string, string?> OfEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(v => ((string)v.Key).StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && v.Value is string { Length: > 0 })
        .DistinctBy(v => (string)v.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(v => ((string)v.Key)[Prefix.Length..], v => (string?)v.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a setting.</summary>
    public T Get<T>(Setting<T> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Read(_texts[setting.Name]);
    }

    /// <summary>The value of a setting as it is written.</summary>
    public string TextOf(Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return _texts[setting.Name];
    }

    /// <summary>Whether somebody set it, be it to its default.</summary>
    public bool IsGiven(Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return _given.Contains(setting.Name);
    }

    /// <summary>The same settings but for one.</summary>
    /// <param name="setting">Which one.</param>
    /// <param name="text">Its value.</param>
    /// <exception cref="ArgumentException">It is no value of this setting.</exception>
    public PipelineSettings With(Setting setting, string text)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Takes(text)
            ? new PipelineSettings(new Dictionary<string, string>(_texts) { [setting.Name] = text }, _given)
            : throw new ArgumentException($"{setting.Variable} {setting.Rule}.", nameof(text));
    }

    /// <summary>What fills columns from the log entry, as the settings say.</summary>
    /// <param name="folder">What the file of the countries is relative to.</param>
    /// <param name="openCountries">Opens that file, and gives what looks an address up in it.</param>
    /// <exception cref="SettingsException">The file cannot be used.</exception>
    public ColumnSources ToSources(string folder, Func<string, Func<IPAddress, string?>> openCountries)
    {
        ArgumentNullException.ThrowIfNull(openCountries);
        return new ColumnSources(new SourceOptions
        {
            VisitorSecret = Get(PipelineSetting.VisitorSecret) is var secret and not PipelineSetting.None ? secret : null,
            RemoteIp = Get(PipelineSetting.RemoteIp),
            Signing = ToSigning(),
            CountryOf = Get(PipelineSetting.CountryFile) is var file and not PipelineSetting.None ? Open(Path.Combine(folder, file), openCountries) : null,
        });
    }

    /// <summary>The layout that the settings say.</summary>
    /// <param name="schema">The events' schema, which the suffix's columns must be of.</param>
    /// <exception cref="SchemaException">The suffix is no pattern, or not of this schema.</exception>
    public TableLayout ToLayout(EventSchema schema)
    {
        var suffix = SuffixPattern.Parse(Get(PipelineSetting.TableSuffix), schema);
        return TableLayout.Of(Get(PipelineSetting.Layout), Get(PipelineSetting.Table), suffix);
    }

    /// <summary>How hits are signed, as the settings say; null where nobody looks at signatures.</summary>
    /// <exception cref="SettingsException">There is no key.</exception>
    public SigningRule? ToSigning()
    {
        var mode = Get(PipelineSetting.Signing);
        if (mode == SigningMode.Off)
        {
            return null;
        }

        return Get(PipelineSetting.SigningKeys) is var keys and not PipelineSetting.None
            ? new SigningRule(mode, SigningKey.ReadList(keys), [.. Get(PipelineSetting.SignedAttributes).Split(',').Distinct()])
            : throw new SettingsException([$"Setting {PipelineSetting.SigningKeys.Variable} is missing: {PipelineSetting.Signing.Variable} is {mode.ToString().ToLowerInvariant()}."]);
    }

    private static Func<IPAddress, string?> Open(string file, Func<string, Func<IPAddress, string?>> openCountries)
    {
        try
        {
            return openCountries(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SettingsException([$"Setting {PipelineSetting.CountryFile.Variable}: {file} cannot be used: {e.Message}"]);
        }
    }
}
