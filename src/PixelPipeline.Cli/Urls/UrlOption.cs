using System.CommandLine;

namespace PixelPipeline.Cli.Urls;

/// <summary>Options that take an http or https URL.</summary>
internal static class UrlOption
{
    public static Option<Uri?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!HttpUrl.TryRead(text, out var url))
            {
                result.AddError($"{name} {text} is no http or https URL.");
            }

            return url;
        },
    };
}
