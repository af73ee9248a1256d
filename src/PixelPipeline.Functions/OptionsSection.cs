using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using PixelPipeline.Settings;

namespace PixelPipeline.Functions;

/// <summary>Reads the options of one function out of its section of the configuration.</summary>
internal static class OptionsSection
{
    /// <summary>Binds and validates.</summary>
    /// <param name="configuration">Environment variables over <c>appsettings.json</c>.</param>
    /// <param name="section">The section's name: <c>Collect</c> for <c>Collect__Topic</c>.</param>
    /// <exception cref="SettingsException">A line for each error, which names the setting.</exception>
    public static TOptions Read<TOptions>(IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        var options = new TOptions();
        List<string> errors = [.. Bind(configuration.GetSection(section), options)];
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"Setting {NameOf(section, r.MemberNames.First())} {r.ErrorMessage}."));
        errors.AddRange(Unknown(configuration.GetSection(section), typeof(TOptions)));
        return errors.Count == 0 ? options : throw new SettingsException(errors);
    }

    /// <summary>A setting as an operator writes it: <c>Collect__Topic</c>.</summary>
    private static string NameOf(string section, string property) => $"{section}__{property}";

    private static IEnumerable<string> Bind(IConfigurationSection section, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(p => section[p.Name] is not null))
        {
            if (!TrySet(section, options, property))
            {
                yield return $"Setting {NameOf(section.Key, property.Name)} must be {Describe(property.PropertyType)}.";
            }
        }
    }

    private static bool TrySet(IConfigurationSection section, object options, PropertyInfo property)
    {
        try
        {
            property.SetValue(options, section.GetValue(property.PropertyType, property.Name));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type options) => section.GetChildren()
        .Where(child => !options.GetProperties().Any(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
        .Select(child => $"Setting {NameOf(section.Key, child.Key)} is not known.");

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}",
        _ when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
