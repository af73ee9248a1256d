using PixelPipeline.Settings;
using PixelPipeline.Signing;

namespace PixelPipeline.Cli.Urls;

/// <summary>Signs a hit's fields as the environment says, so that the pipeline of the same settings finds them valid.</summary>
internal static class SignedFields
{
    /// <summary>The signature of those fields that are signed.</summary>
    /// <param name="fields">The fields as they will arrive.</param>
    /// <param name="expires">Until when it is valid; null for ever.</param>
    /// <exception cref="CommandException">The environment has no key.</exception>
    public static string Of(IReadOnlyDictionary<string, string> fields, DateTimeOffset? expires)
    {
        var given = PipelineSettings.OfEnvironment();
        if (Read(PipelineSetting.SigningKeys, given) is var keys and not PipelineSetting.None)
        {
            var names = Read(PipelineSetting.SignedAttributes, given).Split(',');
            return HitSignature.Make(SigningKey.ReadList(keys)[0], expires, names.Select(n => KeyValuePair.Create(n, fields.GetValueOrDefault(n))));
        }

        throw new CommandException($"There is no key to sign with: set {PipelineSetting.SigningKeys.Variable}, as docs/signing.md says.");
    }

    private static string Read(Setting<string> setting, Dictionary<string, string?> given)
    {
        var text = given.GetValueOrDefault(setting.Name) ?? setting.Default!;
        return setting.Takes(text) ? text : throw new CommandException($"Setting {setting.Variable} {setting.Rule}.");
    }
}
