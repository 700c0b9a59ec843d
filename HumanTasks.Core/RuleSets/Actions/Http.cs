using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record Http : RuleAction
    {
        /// <summary>
        /// Headers that belong to the connection or the address: hop-by-hop headers (RFC 9110, section 7.6.1), headers
        /// that frame the message, and headers that tell a server which host or client a request is for.
        /// </summary>
        private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
        {
            "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization",
            "Proxy-Authentication-Info", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Content-Length",
            "HTTP2-Settings", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
        };

        private static readonly WordMember MethodMember = new("method", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD") { Says = "Default GET." };
        private static readonly TextMember UrlMember = new("url", 4000) { Required = true, Says = "An absolute http or https address." };

        private static readonly ObjectMember HeadersMember = new("headers")
        {
            Values = static () => new JsonObject { ["type"] = "string", ["maxLength"] = 4000 },
            Says = "Header name to value. {{secret.NAME}} is allowed here.",
        };

        private static readonly OtherMember BodyMember = ActionMembers.Anything("body", "The JSON body. Texts in it may have templates, also {{secret.NAME}}.");
        private static readonly IntegerMember TimeoutSeconds = new("timeoutSeconds", 1, 100) { Says = "Default 30." };

        private static readonly ListMember ExpectMember = new(
            "expect", 50, static _ => new JsonObject { ["type"] = "integer", ["minimum"] = 100, ["maximum"] = 599 })
        {
            Says = "The statuses that count as success; 200 to 299 without it.",
        };

        internal static readonly ActionType ActionType = new(
            "http", Read, [MethodMember, UrlMember, HeadersMember, BodyMember, ActionMembers.SaveAs, TimeoutSeconds, ExpectMember, ActionMembers.KeepErrors, ActionMembers.Retry]);

        public override string Type => "http";

        public required string Method { get; init; }

        public required Template Url { get; init; }

        public IReadOnlyList<(string Name, Template Value)> Headers { get; init; } = [];

        public ValueTemplate? Body { get; init; }

        public ContextPath? SaveAs { get; init; }

        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

        /// <summary>The status codes that count as success; empty means 200 to 299.</summary>
        public IReadOnlyList<int> Expect { get; init; } = [];

        /// <summary>Whether the beginning of a failed answer's body is kept in the run's record.</summary>
        public bool KeepErrors { get; init; }

        /// <summary>
        /// Whether the request delivers a response to a webhook: it is signed, and retried for one day.
        /// </summary>
        public bool Delivers { get; init; }

        internal static Http Read(ActionReader action)
        {
            var members = action.Members;
            var method = members.OneOf(MethodMember);
            var url = action.Template(UrlMember);
            if (url.IsLiteral && url.Text.Length > 0
                && !(Uri.TryCreate(url.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                members.Refuse(UrlMember, "'url' must be an absolute http or https address.");
            }

            var headers = ReadHeaders(action);
            var expect = ReadExpect(action);
            return new Http
            {
                Name = action.Name,
                Method = method,
                Url = url,
                Headers = headers,
                Body = members.Any(BodyMember) is { } body ? ValueTemplate.Parse(body, members.At(BodyMember), action.Problems) : null,
                SaveAs = action.Key(ActionMembers.SaveAs),
                Timeout = TimeSpan.FromSeconds(members.Integer(TimeoutSeconds) ?? 30),
                Expect = expect,
                KeepErrors = members.Flag(ActionMembers.KeepErrors) ?? false,
                Retry = RetryPolicy.Read(action),
            };
        }

        private static List<(string, Template)> ReadHeaders(ActionReader action)
        {
            List<(string, Template)> headers = [];
            if (action.Members.Object(HeadersMember) is { } members)
            {
                foreach (var member in members.Element.EnumerateObject())
                {
                    headers.Add((member.Name, action.Template(members, new TextMember(member.Name, 4000))));
                    if (!action.IsTrusted && !IsRequestHeader(member.Name))
                    {
                        members.Refuse(member.Name, $"'{member.Name}' is not a header that an http action can set.");
                    }
                }
            }

            return headers;
        }

        /// <summary>Returns whether a rule set may set the header.</summary>
        internal static bool IsRequestHeader(string name)
        {
            using var request = new HttpRequestMessage();
            return !OfTheConnection.Contains(name)
                && (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                    || request.Headers.TryAddWithoutValidation(name, ""));
        }

        private static List<int> ReadExpect(ActionReader action)
        {
            List<int> expect = [];
            foreach (var (item, pointer) in action.Members.Array(ExpectMember))
            {
                if (item.ValueKind == System.Text.Json.JsonValueKind.Number
                    && item.TryGetInt32(out var status) && status is >= 100 and <= 599)
                {
                    expect.Add(status);
                }
                else
                {
                    action.Problems.Add(pointer, "This must be an HTTP status from 100 to 599.");
                }
            }

            return expect;
        }
    }
}
