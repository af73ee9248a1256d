using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Pipelines;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel url</c>: what to put into mails and pages, checked against the schema.</summary>
internal static class UrlCommand
{
    private static readonly Option<Uri?> Base = UrlOption.Create("--base", "Where the pixel is served; unless given, http://localhost:8080. The path is /pixel.png unless it has one");
    private static readonly Option<Uri?> Collect = UrlOption.Create("--collect", "The collector's URL, for pages; with ?key=… where it asks for a key. A page's key is no secret");
    private static readonly Option<string?> User = new("--user") { Description = "The user_id", HelpName = "ID" };
    private static readonly Option<string?> Type = new("--type") { Description = "The type, such as open", HelpName = "TYPE" };
    private static readonly Option<string[]> Set = FieldMap.Option("--set", "Any other attribute, such as order_id=42; may be repeated", "NAME=VALUE");
    private static readonly Option<string?> Schema = CommonOptions.Schema();

    public static Command Create()
    {
        var command = new Command("url", "Print the pixel's URL for an event, the tag for mails and the script for pages") { Base, User, Type, Set, Collect, Schema };
        command.Validators.Add(CheckFields);
        command.SetAction(Run);
        return command;
    }

    private static void CheckFields(CommandResult result)
    {
        var set = result.GetResult(Set)?.Tokens.Select(t => t.Value.Split('=')[0]).ToList() ?? [];
        foreach (var (option, field) in new[] { (User, "user_id"), (Type, "type") })
        {
            if (result.GetResult(option) is not null && set.Contains(field))
            {
                result.AddError($"{Set.Name} {field}: {option.Name} says it already.");
            }
        }
    }

    private static int Run(ParseResult arguments)
    {
        var fields = ReadFields(arguments);
        EventCheck.Check(SchemaSource.Read(SchemaSource.PathOf(arguments.GetValue(Schema))), fields);
        var snippets = new PixelSnippets(WithPath(arguments.GetValue(Base) ?? new Uri("http://localhost:8080")), arguments.GetValue(Collect), fields);
        Console.WriteLine($"{snippets.Url}\n\n{snippets.ImageTag(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))}\n\n{snippets.Script()}");
        return 0;
    }

    private static Dictionary<string, string> ReadFields(ParseResult arguments)
    {
        var fields = new Dictionary<string, string>();
        if (arguments.GetValue(User) is { } user)
        {
            fields["user_id"] = user;
        }

        if (arguments.GetValue(Type) is { } type)
        {
            fields["type"] = type;
        }

        foreach (var (name, value) in FieldMap.ReadPairs(arguments.GetValue(Set)!))
        {
            fields[name] = value;
        }

        return fields;
    }

    private static Uri WithPath(Uri address) =>
        address.AbsolutePath == "/" ? new Uri(address, "/pixel.png") : new Uri(address.GetLeftPart(UriPartial.Path));
}
